import { SetMetadata } from '@nestjs/common';

export const PUBLIC = 'doclight:public';

/** Marks a handler that anyone may call; one with a session finds it there all the same. */
export const Public = () => SetMetadata(PUBLIC, true);
