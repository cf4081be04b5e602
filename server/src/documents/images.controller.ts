import { buffer } from 'node:stream/consumers';
import { type Document, imageTypes } from '@doclight/protocol';
import {
  Controller,
  Delete,
  Get,
  Headers,
  Inject,
  Param,
  Put,
  Req,
  Res,
  StreamableFile,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { CurrentSession } from '../auth/session.decorator.js';
import { notFound, ProblemError } from '../common/problem.js';
import type { Session } from '../common/session.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.token.js';
import { DocumentsService } from './documents.service.js';
import { etagOf } from './if-match.js';
import { cleanImage, type Picture } from './image-codec.js';
import { ThumbnailsService } from './thumbnails.service.js';

@Controller('api')
export class ImagesController {
  constructor(
    private readonly documents: DocumentsService,
    private readonly thumbnails: ThumbnailsService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Put('documents/:id/image')
  async set(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Headers('edit-lease') editLease: string | undefined,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Document> {
    const startedFrom = await this.documents.startedFrom(session, id, ifMatch, editLease);
    // Before the bytes are taken in: an outsider must not make the server hold them.
    await this.documents.requireEditor(session, id);
    const bytes = await this.readBody(request);
    const image = await cleanImage(bytes, this.config.limits.imagePixels);
    const document = await this.documents.saveImage(session, id, startedFrom, image);
    response.setHeader('ETag', etagOf(document.revision));
    return document;
  }

  @Delete('documents/:id/image')
  async remove(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Headers('edit-lease') editLease: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Document> {
    const startedFrom = await this.documents.startedFrom(session, id, ifMatch, editLease);
    const document = await this.documents.saveImage(session, id, startedFrom, null);
    response.setHeader('ETag', etagOf(document.revision));
    return document;
  }

  @Get('images/:id')
  async get(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    return sendPicture(response, await this.documents.getImage(session, id));
  }

  @Get('images/:id/thumbnails/:width')
  async getThumbnail(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Param('width') width: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    if (!/^[1-9]\d{0,4}$/.test(width)) throw notFound('image');
    return sendPicture(response, await this.thumbnails.get(session, id, Number(width)));
  }

  private async readBody(request: Request): Promise<Uint8Array> {
    const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
    if (!imageTypes.some((known) => known === type)) {
      throw new ProblemError(
        'UNSUPPORTED_MEDIA_TYPE',
        `Send the image itself as the body, as ${imageTypes.join(', ')}.`,
      );
    }
    const most = this.config.limits.imageBytes;
    if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge(most);
    return buffer(limited(request, most));
  }
}

function sendPicture(response: Response, { contentType, bytes }: Picture): StreamableFile {
  // An address stands for these bytes for ever; private, because rights differ from person to person.
  response.setHeader('Cache-Control', 'private, max-age=31536000, immutable');
  response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
  return new StreamableFile(bytes, { type: contentType, length: bytes.byteLength });
}

/** Passes a request's body on until it grows past a limit. */
async function* limited(request: Request, most: number) {
  let length = 0;
  // Destroying the request would take the connection along before the answer is out.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    if (length > most) {
      request.resume();
      throw tooLarge(most);
    }
    yield chunk;
  }
}

/** The rest of the body is not waited for, so that the connection cannot be used again. */
function tooLarge(most: number): ProblemError {
  return new ProblemError(
    'PAYLOAD_TOO_LARGE',
    `The image is larger than the ${most} bytes this server takes.`,
    {},
    { Connection: 'close' },
  );
}
