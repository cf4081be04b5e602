# One gateway with the web app: everything that `npm start` runs, without the embedded database in use.
FROM node:20-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
# The lock file and the manifests first: a change to the source installs nothing anew.
COPY package.json package-lock.json .npmrc ./
COPY db/package.json db/
COPY e2e/package.json e2e/
COPY server/package.json server/
COPY server/protocol/package.json server/protocol/
COPY web/package.json web/
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev --no-audit --no-fund && rm -rf .cache web/.next/cache

FROM node:20-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
# Lua scripts and migrations lie beside the sources, so the folders are taken whole.
COPY --from=build --chown=node:node /app ./
USER node
EXPOSE 3000
HEALTHCHECK --interval=5s --timeout=4s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/api/health/ready').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/dist/main.js"]
