# One image, every verb: the command is the verb and its options ('silver --window-seconds 60'). docs/deploy.md says how it runs, docs/decisions/0012 why it is so.
#
#   docker build -t airportops:0.1.0 .
#
# Base images are pinned by exact version. To pin their content too, append the digest that 'docker buildx imagetools inspect IMAGE' shows.
# tests/AirportOps.Containers.Tests holds the rules for this file and executes it without a container engine.

FROM mcr.microsoft.com/dotnet/sdk:10.0.401-noble AS build
WORKDIR /source
ENV DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
COPY .editorconfig BannedSymbols.txt Directory.Build.props Directory.Packages.props global.json ./
COPY etl etl/
COPY simulator simulator/
COPY warehouse-sql warehouse-sql/
# The program with its runtime, compiled ahead of time (docs/decisions/0007); packages exactly as the lock files have them.
RUN --mount=type=cache,target=/root/.nuget/packages \
    dotnet publish etl/AirportOps.Cli --configuration Release --output app -p:PublishFor=linux-x64 -p:RestoreLockedMode=true -p:DebugType=none
# The one place that is written to: a volume gets its owner from here.
RUN mkdir data

# Without shell, package manager, ICU and time zones: the program brings its own. User 1654 is the base image's 'app'.
FROM mcr.microsoft.com/dotnet/runtime-deps:10.0.12-noble-chiseled AS airportops
COPY --from=build /source/app /app/
COPY --from=build --chown=1654:1654 /source/data /var/lib/airportops/
# Everything that a verb writes beside its stream, lake and warehouse lies under /var/lib/airportops: ids that don't fit in memory, temporary files, the sign of life.
# The runtime's diagnostic sockets are off: they would want a place too.
ENV AIRPORTOPS_DATA=/var/lib/airportops \
    AIRPORTOPS_HEALTH__FILE=/var/lib/airportops/health.json \
    TMPDIR=/var/lib/airportops \
    DOTNET_EnableDiagnostics=0 \
    PATH=/app:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
VOLUME /var/lib/airportops
WORKDIR /var/lib/airportops
USER 1654:1654
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["airportops", "health"]
ENTRYPOINT ["airportops"]
CMD ["--help"]
