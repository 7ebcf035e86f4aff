using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using AirportOps.Aws.Checks;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Output;
using AirportOps.Reliability;
using AirportOps.Warehouse;
using AirportOps.Warehouse.Cluster;
using AirportOps.Warehouse.Queries;

namespace AirportOps.Cli.Commands;

/// <summary><c>doctor</c>: what is missing on this machine.</summary>
internal static class DoctorCommand
{
    private const long EnoughBytes = 2L << 30;

    private static readonly Option<bool> Aws = new("--aws")
    {
        Description = "Check on AWS too: credentials, and of stream, bucket, lease table, topic and warehouse each permission; says which policy statement is missing",
    };

    internal static Command Create(VerbHost host)
    {
        var command = host.Verb("doctor", "Check what this machine has and lacks", RunAsync);
        command.Options.Add(Aws);
        WorkerOptions.AddTableTo(command);
        return command;
    }

    private static async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>
        {
            new(".NET", true, Environment.Version.ToString(), null),
            Writable(context.Settings.Data),
            Space(context.Settings.Data),
            await WarehouseAsync(context, cancellationToken),
            await OpensAsync("stream", context.Settings.Stream, async () =>
            {
                await using var stream = context.Places.OpenStream();
                await stream.ListShardsAsync(cancellationToken);
            }),
            await OpensAsync("lake", context.Settings.Lake, () => context.Places.OpenLake().HeadAsync("doctor", cancellationToken)),
        };
        if (context.Settings.Leases.Table is { } table)
        {
            findings.Add(await OpensAsync("lease table", table, async () =>
            {
                using var leases = context.Places.OpenLeaseTable()!;
                await leases.ListAsync("", cancellationToken);
            }));
        }

        if (context.Parsed.GetValue(Aws))
        {
            findings.AddRange((await context.Places.AwsDoctor().LookAsync(cancellationToken)).Select(OnAws));
        }

        if (context.Json)
        {
            await Result.WriteAsync(context, new Result
            {
                ["healthy"] = findings.TrueForAll(finding => finding.IsFine),
                ["findings"] = findings.Select(finding => new Result
                {
                    ["what"] = finding.What,
                    ["fine"] = finding.IsFine,
                    ["found"] = finding.Found,
                    ["advice"] = finding.Advice,
                    ["statement"] = finding.Statement is { } missing ? JsonNode.Parse(missing.ToJson()) : null,
                }),
            });
        }
        else
        {
            TextTable.Write(
                context.Out,
                ["what", "", "found", "what to do"],
                [.. findings.Select(finding => new[] { finding.What, finding.IsFine ? "ok" : "MISSING", finding.Found, finding.Advice })]);
        }

        return findings.TrueForAll(finding => finding.IsFine) ? ExitCode.Done : ExitCode.Failed;
    }

    private static Finding Writable(string data)
    {
        try
        {
            Directory.CreateDirectory(data);
            var probe = Path.Combine(data, ".doctor");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return new("data folder", true, data, null);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return new("data folder", false, refused.Message, "name another with --data");
        }
    }

    private static Finding Space(string data)
    {
        var free = new DriveInfo(Directory.Exists(data) ? data : "/").AvailableFreeSpace;
        var found = string.Create(CultureInfo.InvariantCulture, $"{free / (double)(1 << 30):0.0} GiB free");
        return new("disk", free >= EnoughBytes, found, free >= EnoughBytes ? null : "the demo takes up to 2 GiB: make room, or name another folder with --data");
    }

    private static Finding OnAws(AwsFinding found) => new(
        found.What,
        found.IsFine,
        found.Found,
        found.Missing is { } missing ? $"add to the policy, for {found.NeededBy}: {missing.ToJson()}" : null)
    {
        Statement = found.Missing,
    };

    private static Task<Finding> WarehouseAsync(VerbContext context, CancellationToken cancellationToken) =>
        context.Settings.Warehouse.StartsWith("local:", StringComparison.Ordinal)
            ? PostgresAsync(context, cancellationToken)
            : OpensAsync("warehouse", "answers", async () =>
            {
                await using var warehouse = await context.Places.OpenWarehouseAsync(cancellationToken);
                await using var answer = await new QueryRunner(warehouse).RunAsync("SELECT 1", null, cancellationToken);
            });

    private static async Task<Finding> PostgresAsync(VerbContext context, CancellationToken cancellationToken)
    {
        const string What = "PostgreSQL";
        try
        {
            var found = await LocalCluster.FindServerAsync(new LocalClusterOptions { BinaryFolder = context.Settings.PgBin }, cancellationToken);
            return found is { } server
                ? new(What, true, string.Create(CultureInfo.InvariantCulture, $"{server.MajorVersion} in {server.Folder}"), null)
                : new(What, false, "none", "Debian: apt-get install postgresql (as root the first use installs it); macOS: brew install postgresql@17");
        }
        catch (WarehouseException unfit)
        {
            return new(What, false, unfit.Message, null);
        }
    }

    private static async Task<Finding> OpensAsync(string what, string place, Func<Task> open)
    {
        try
        {
            await open();
            return new(what, true, place, null);
        }
        catch (Exception trouble) when (Faults.IsTold(trouble))
        {
            return new(what, false, trouble.Message, null);
        }
    }

    private sealed record Finding(string What, bool IsFine, string Found, string? Advice)
    {
        /// <summary>The policy statement that is missing; null for none.</summary>
        public PolicyStatement? Statement { get; init; }
    }
}
