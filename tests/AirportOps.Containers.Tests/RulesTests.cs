using AirportOps.Containers.Tests.Rules;

namespace AirportOps.Containers.Tests;

/// <summary>The files that make containers keep to the rules, and each rule finds what breaks it.</summary>
public sealed class RulesTests
{
    private const string Good = """
        FROM mcr.microsoft.com/dotnet/sdk:10.0.401-noble AS build
        COPY global.json ./
        RUN dotnet publish
        FROM mcr.microsoft.com/dotnet/runtime-deps:10.0.12-noble-chiseled
        COPY --from=build /app /app
        USER 1654:1654
        HEALTHCHECK --interval=30s CMD ["airportops", "health"]
        ENTRYPOINT ["airportops"]
        CMD ["--help"]
        """;

    private const string GoodService = """
        services:
          it:
            image: postgres:17.6-bookworm
            user: "999:999"
            read_only: true
            cap_drop: [ALL]
            security_opt: ["no-new-privileges:true"]
            ports: ["127.0.0.1:15432:5432"]
            volumes: ["data:/data"]
            environment: {POSTGRES_PASSWORD: laptop}
            healthcheck: {test: [CMD, pg_isready]}
        volumes:
          data: {}
        """;

    [Theory]
    [InlineData("")]
    [InlineData("tests/containers/emulators")]
    public void The_Dockerfiles_keep_to_the_rules(string folder)
    {
        var root = Repository.PathOf(folder);
        var dockerfile = Dockerfile.Parse(File.ReadAllText(Path.Combine(root, "Dockerfile")));

        Assert.Empty(DockerfileRules.Faults(dockerfile, BuildContext.Open(root)));
    }

    [Fact]
    public void The_compose_file_keeps_to_the_rules() =>
        Assert.Empty(ComposeRules.Faults(ComposeFile.Parse(File.ReadAllText(Repository.PathOf("compose.yaml")))));

    [Fact]
    public void A_file_that_keeps_to_the_rules_has_no_faults()
    {
        Assert.Empty(FaultsOf(Good));
        Assert.Empty(ComposeRules.Faults(ComposeFile.Parse(GoodService)));
    }

    [Theory]
    [InlineData("sdk:10.0.401-noble", "sdk:10.0", "FROM mcr.microsoft.com/dotnet/sdk:10.0: pin the exact version or a digest")]
    [InlineData("runtime-deps:10.0.12-noble-chiseled", "runtime-deps:latest", "FROM mcr.microsoft.com/dotnet/runtime-deps:latest: pin the exact version or a digest")]
    [InlineData("runtime-deps:10.0.12-noble-chiseled", "runtime-deps", "FROM mcr.microsoft.com/dotnet/runtime-deps: pin the exact version or a digest")]
    [InlineData("COPY global.json ./", "ADD https://example.org/x ./", "line 2: COPY instead of ADD, which downloads and unpacks")]
    [InlineData("COPY global.json ./", "COPY nothing ./", "line 2: 'nothing' is not there or .dockerignore leaves it out")]
    [InlineData("COPY global.json ./", "COPY README.md ./", "line 2: 'README.md' is not there or .dockerignore leaves it out")]
    [InlineData("RUN dotnet publish", "RUN curl -O x", "line 3: RUN fetches what no lock file pins")]
    [InlineData("RUN dotnet publish", "ENV DB_PASSWORD=x", "line 3: a secret stays in the image's history")]
    [InlineData("--from=build", "--from=other", "line 5: there is no earlier stage 'other'")]
    [InlineData("USER 1654:1654", "USER app", "USER: give an ordinary user by number, UID:GID, so that a platform can tell that it isn't root")]
    [InlineData("USER 1654:1654", "USER 0:0", "USER: give an ordinary user by number, UID:GID, so that a platform can tell that it isn't root")]
    [InlineData("HEALTHCHECK --interval=30s CMD [\"airportops\", \"health\"]", "HEALTHCHECK NONE", "HEALTHCHECK: give one in exec form")]
    [InlineData("ENTRYPOINT [\"airportops\"]", "ENTRYPOINT airportops", "ENTRYPOINT: give it in exec form, else a shell gets the signals")]
    [InlineData("CMD [\"--help\"]", "CMD --help", "CMD: give it in exec form, else a shell gets the signals")]
    public void A_Dockerfile_that_breaks_a_rule_is_found(string right, string wrong, string fault) =>
        Assert.Equal([fault], FaultsOf(Good.Replace(right, wrong, StringComparison.Ordinal)));

    [Theory]
    [InlineData("postgres:17.6-bookworm", "postgres:17", "it: image postgres:17: pin the exact version or a digest")]
    [InlineData("user: \"999:999\"", "restart: always", "it: user: give an ordinary one by number, as the image is another's")]
    [InlineData("read_only: true", "read_only: false", "it: read_only: true is missing")]
    [InlineData("cap_drop: [ALL]", "cap_drop: [NET_RAW]", "it: cap_drop: [ALL] is missing, or a capability is added")]
    [InlineData("no-new-privileges:true", "no-new-privileges:false", "it: security_opt: no-new-privileges:true is missing")]
    [InlineData("127.0.0.1:15432:5432", "15432:5432", "it: port 15432:5432: open it on 127.0.0.1 only")]
    [InlineData("data:/data", "/etc:/data", "it: volume /etc:/data: it is not declared, or a folder of the machine")]
    [InlineData("test: [CMD, pg_isready]", "disable: true", "it: healthcheck: give one in exec form; only what ends by itself goes without")]
    [InlineData("test: [CMD, pg_isready]", "test: [CMD-SHELL, pg_isready]", "it: healthcheck: give one in exec form; only what ends by itself goes without")]
    [InlineData("PASSWORD: laptop", "PASSWORD: Tr0ub4dor", "it: POSTGRES_PASSWORD: only what opens nothing but an emulator may stand here")]
    [InlineData("    healthcheck:", "    depends_on: [other]\n    healthcheck:", "it: depends_on other: there is no such service")]
    [InlineData("    healthcheck:", "    depends_on: [it]\n    healthcheck:", "it: depends_on it: wait until it is healthy, or until it has ended if it does")]
    [InlineData("    healthcheck:", "    read_onyl: true\n    healthcheck:", "it: 'read_onyl' is no key that the rules know")]
    public void A_compose_file_that_breaks_a_rule_is_found(string right, string wrong, string fault) =>
        Assert.Equal([fault], ComposeRules.Faults(ComposeFile.Parse(GoodService.Replace(right, wrong, StringComparison.Ordinal))));

    [Theory]
    [InlineData("etl/AirportOps.Cli/Program.cs", false)]
    [InlineData("etl/AirportOps.Cli/bin/Debug/x.dll", true)]
    [InlineData("etl/AirportOps.Cli/obj/project.assets.json", true)]
    [InlineData("tests/setup", true)]
    [InlineData(".git/config", true)]
    [InlineData("artifacts/airportops/airportops", true)]
    [InlineData("warehouse-sql/migrations/V0001__x.sql", false)]
    public void What_the_image_is_not_made_of_is_not_sent_to_the_builder(string file, bool isIgnored) =>
        Assert.Equal(isIgnored, BuildContext.Open(Repository.Root).IsIgnored(file));

    private static IReadOnlyList<string> FaultsOf(string dockerfile) =>
        DockerfileRules.Faults(Dockerfile.Parse(dockerfile), BuildContext.Open(Repository.Root));
}
