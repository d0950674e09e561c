# `docker build .` builds the last stage, which contains only the service. docker-compose.yml uses the stage "development".
# Debian instead of Alpine, because bcrypt's prebuilt binary and Node need glibc.
# Node 24 until every dependency supports Node 26: opossum 9 declares support up to 24, opossum 10 needs Node 22.

FROM node:24-bookworm-slim AS manifest
WORKDIR /app
# No git hooks in the image.
ENV HUSKY=0
COPY package.json package-lock.json .npmrc ./


FROM manifest AS tools
RUN --mount=type=cache,target=/root/.npm npm ci
# development.sh compares this copy with the clone's lock file to detect changed dependencies.
RUN cp package-lock.json node_modules/.installed-lock.json


FROM tools AS development
COPY --chmod=755 docker/development.sh /usr/local/bin/development
ENTRYPOINT ["development"]
CMD ["node", "--import", "tsx", "scripts/dev.ts"]


FROM tools AS build
COPY tsconfig.json tsconfig.build.json ./
COPY scripts/build.js scripts/preflight.js scripts/
COPY src src
RUN npm run build


FROM manifest AS dependencies
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev
# Removes files not needed at run time: types, source maps, browser code and binaries for other CPUs.
RUN cd node_modules \
 && find . -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete \
 && rm -rf typeorm/browser swagger-ui-dist/swagger-ui-es-bundle*.js swagger-ui-dist/swagger-ui.js \
 && find bcrypt/prebuilds -mindepth 1 -maxdepth 1 ! -name "linux-$(node -p process.arch)" -exec rm -r {} +


FROM node:24-bookworm-slim AS system
RUN apt-get update \
 && apt-get install --yes --no-install-recommends tini \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/* /tmp/* /usr/share/man /usr/share/locale \
      /usr/local/lib/node_modules /usr/local/include /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack \
      /usr/local/bin/yarn /usr/local/bin/yarnpkg /opt/yarn* \
 && find /usr/share/doc -type f ! -name copyright -delete


# Starts from scratch, because files deleted in a later layer still take space in the earlier one.
FROM scratch AS production
COPY --from=system / /
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    NODE_ENV=production \
    NODE_OPTIONS=--enable-source-maps \
    PORT=3000
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY package.json ./
COPY --from=build /app/dist dist

# The user "node" by number, because Kubernetes' runAsNonRoot cannot verify a name. Files in /app belong to root.
USER 1000:1000
EXPOSE 3000
# Failures count only after the start period; a slow machine may need minutes for its first start.
HEALTHCHECK --interval=10s --timeout=10s --start-period=300s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health/live').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# As PID 1, Node would ignore signals by default and not reap children.
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["node", "dist/server.js"]

ARG REVISION=unknown
LABEL org.opencontainers.image.title="Strata" \
      org.opencontainers.image.description="A layered REST backend on PostgreSQL" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.revision="$REVISION"
