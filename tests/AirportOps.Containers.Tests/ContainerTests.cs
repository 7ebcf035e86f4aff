using System.Text.Json;
using AirportOps.Containers.Tests.Rules;
using AirportOps.Containers.Tests.Running;

namespace AirportOps.Containers.Tests;

/// <summary>The image, built and run without a container engine (<c>./dev containers</c>).</summary>
public sealed class ContainerTests(BuiltImage built) : IAsyncDisposable
{
    /// <summary>Of /app; what the base image adds is some 13 MB.</summary>
    private const long MostBytes = 160_000_000;

    private static readonly Dictionary<string, string> Nothing = [];

    private readonly string _folder = Directory.CreateTempSubdirectory("ao-containers-").FullName;
    private readonly List<IAsyncDisposable> _running = [];

    [Fact]
    public async Task The_image_is_small_and_holds_what_its_program_needs_and_nothing_of_how_it_was_built()
    {
        var app = new DirectoryInfo(Path.Combine(await built.RootAsync(), "app"));
        var files = app.GetFiles("*", SearchOption.AllDirectories);

        Assert.InRange(files.Sum(file => file.Length), 1, MostBytes);
        Assert.DoesNotContain(files, file => file.Extension is ".pdb" or ".xml" or ".cs");
        Assert.Contains(files, file => file.FullName.EndsWith("warehouse-sql/journal.sql", StringComparison.Ordinal));
        Assert.True(UnixFileMode.OtherExecute == (new FileInfo(Path.Combine(app.FullName, "airportops")).UnixFileMode & UnixFileMode.OtherExecute));
        TestContext.Current.SendDiagnosticMessage($"/app: {files.Sum(file => file.Length) / 1_000_000} MB");
    }

    [Fact]
    public async Task The_base_image_is_of_the_runtime_version_that_is_in_the_image()
    {
        var dependencies = await File.ReadAllTextAsync(Path.Combine(await built.RootAsync(), "app", "airportops.deps.json"), TestContext.Current.CancellationToken);
        using var document = JsonDocument.Parse(dependencies);
        var runtime = document.RootElement.GetProperty("libraries").EnumerateObject()
            .Single(library => library.Name.StartsWith("runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/", StringComparison.Ordinal)).Name.Split('/')[1];

        Assert.StartsWith($"mcr.microsoft.com/dotnet/runtime-deps:{runtime}-", built.Image.Image, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_command_it_says_what_there_is()
    {
        var container = await StartAsync("help", Nothing, [.. Dockerfile.ExecForm(built.Image.Last("CMD")!.Text)!]);

        var (exitCode, output, error) = await container.WaitAsync();

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("  health ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_user_writes_to_its_volume_and_nowhere_else()
    {
        string[] simulate = ["simulate", "--events", "10", "--to"];

        var refused = await (await StartAsync("refused", Nothing, [.. simulate, "file:/app/x.jsonl"])).WaitAsync();
        var written = await (await StartAsync("written", Nothing, [.. simulate, "file:x.jsonl"])).WaitAsync();

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("Read-only file system", refused.Error, StringComparison.Ordinal);
        Assert.True(written.ExitCode == 0, written.Error);
        Assert.Equal(built.Image.Last("USER")!.Text, (await Shell.RunAsync("stat --format %u:%g written/x.jsonl", _folder)).Trim());
    }

    [Theory]
    [InlineData("bronze")]
    [InlineData("silver --no-load --window-seconds 3600")]
    [InlineData("simulate --endless --rate 200")]
    public async Task A_service_is_healthy_until_it_is_stopped_and_then_ends_with_0(string service)
    {
        var container = await StartAsync("service", Nothing, service.Split(' '));

        await container.UntilHealthyAsync();
        var files = Directory.GetFileSystemEntries(Path.Combine(_folder, "service")).Select(Path.GetFileName).ToArray();
        var (exitCode, _, error) = await container.StopAsync();

        Assert.True(exitCode == 0, error);
        Assert.Subset(new HashSet<string?>(["health.json", "health.json.lock", "health.json.new", "stream", "lake", "ids"]), files.ToHashSet());
        Assert.False(File.Exists(Path.Combine(_folder, "service", "health.json")));
    }

    [Fact]
    public async Task What_compose_starts_takes_every_event_to_the_warehouse_also_when_it_is_stopped_between()
    {
        await built.RootAsync();
        var compose = ComposeFile.Parse(await File.ReadAllTextAsync(Repository.PathOf("compose.yaml"), TestContext.Current.CancellationToken));
        var kinesis = Own(await KinesisEmulator.StartAsync(Path.Combine(_folder, "kinesis")));
        var postgres = Own(await Postgres.StartAsync(_folder));
        var (migrate, pipeline, simulator) = (compose.Services["migrate"], compose.Services["pipeline"], compose.Services["simulator"]);
        string[] finite = ["simulate", "--events", "4000", "--mess", "0.5", "--seed", "7", "--ledger", "ledger.jsonl"];

        Done(await (await StartAsync("migrate", Here(migrate, kinesis, postgres), [.. migrate.Command])).WaitAsync());
        var running = await StartAsync("pipeline", Here(pipeline, kinesis, postgres), [.. pipeline.Command]);
        await running.UntilHealthyAsync();
        Done(await (await StartAsync("simulator", Here(simulator, kinesis, postgres), finite)).WaitAsync());
        var stopped = Done(await running.StopAsync());

        // Everything stops and starts again, the emulator on another port.
        Assert.Equal(0, await kinesis.StopAsync());
        kinesis = Own(await KinesisEmulator.StartAsync(Path.Combine(_folder, "kinesis")));
        var restarted = await StartAsync("pipeline", Here(pipeline, kinesis, postgres), [.. pipeline.Command]);
        await restarted.UntilHealthyAsync();
        Done(await restarted.StopAsync());
        Done(await (await StartAsync("pipeline", Here(pipeline, kinesis, postgres), ["run", "--once"])).WaitAsync());
        File.Copy(Path.Combine(_folder, "simulator", "ledger.jsonl"), Path.Combine(_folder, "pipeline", "ledger.jsonl"));
        var verified = await (await StartAsync("pipeline", Here(pipeline, kinesis, postgres), ["verify", "--ledger", "ledger.jsonl"])).WaitAsync();

        Assert.True(verified.ExitCode == 0, verified.Output + verified.Error);
        Assert.DoesNotContain("gssapi", stopped.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compose_checks_health_as_the_image_does()
    {
        await built.RootAsync();
        var compose = ComposeFile.Parse(await File.ReadAllTextAsync(Repository.PathOf("compose.yaml"), TestContext.Current.CancellationToken));
        var check = Dockerfile.ExecForm(built.Image.Last("HEALTHCHECK")!.Text[4..].Trim())!;

        Assert.All(
            compose.Services.Values.Where(service => service.Build == "." && !service.IsHealthCheckDisabled),
            service => Assert.Equal(["CMD", .. check], service.HealthCheck));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var running in Enumerable.Reverse(_running))
        {
            await running.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static (int ExitCode, string Output, string Error) Done((int ExitCode, string Output, string Error) end)
    {
        Assert.True(end.ExitCode == 0, $"exit status {end.ExitCode}\n{end.Output}\n{end.Error}");
        return end;
    }

    /// <summary>A service's environment with the other services where they are here.</summary>
    private static Dictionary<string, string> Here(ComposeService service, KinesisEmulator kinesis, Postgres postgres) => service.Environment.ToDictionary(
        pair => pair.Key,
        pair => pair.Value
            .Replace("kinesis:4567", $"127.0.0.1:{kinesis.Port}", StringComparison.Ordinal)
            .Replace("postgres:5432", $"127.0.0.1:{postgres.Port}", StringComparison.Ordinal));

    private async Task<Container> StartAsync(string name, IReadOnlyDictionary<string, string> environment, params string[] command) =>
        Own(await Container.StartAsync(built.Image, await built.RootAsync(), Path.Combine(_folder, name), environment, command));

    private T Own<T>(T running)
        where T : IAsyncDisposable
    {
        _running.Add(running);
        return running;
    }
}
