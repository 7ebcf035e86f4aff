using System.Buffers.Binary;
using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using AirportOps.Cli.Feeding;
using AirportOps.Cli.Health;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Output;
using AirportOps.Pipeline;
using AirportOps.Reference;
using AirportOps.Reliability;
using AirportOps.Simulator;

namespace AirportOps.Cli.Commands;

/// <summary><c>simulate</c>: messy events into a stream, a file or standard output.</summary>
internal static class SimulateCommand
{
    private static readonly Option<long> Events = new("--events")
    {
        Description = "How many events to send",
        HelpName = "N",
        DefaultValueFactory = _ => 100_000,
    };

    private static readonly Option<double?> Rate = new("--rate") { Description = "Events a second on average, in bursts [default: as fast as it goes]", HelpName = "R" };

    private static readonly Option<ulong> Seed = new("--seed")
    {
        Description = "Where all luck comes from: the same seed and options give the same bytes",
        HelpName = "S",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<double> Mess = new("--mess")
    {
        Description = "Share of the events that get something done to them, 0 to 1",
        HelpName = "0..1",
        DefaultValueFactory = _ => 0.3,
    };

    private static readonly Option<DateOnly?> Date = new("--date") { Description = "The day of the run, UTC [default: today]", HelpName = "YYYY-MM-DD" };

    private static readonly Option<string?> Ledger = new("--ledger")
    {
        Description = "Write what must become of every event, for 'verify'",
        HelpName = "FILE",
    };

    private static readonly Option<bool> Endless = new("--endless")
    {
        Description = "Go on until stopped: --events again and again, each time a new day of luck, from a seed of chance unless --seed is given",
    };

    internal static Command Create(VerbHost host)
    {
        var command = host.Verb("simulate", "Send the messy events of a simulated airport day to a stream or a file", RunAsync);
        command.Options.Add(Events);
        command.Options.Add(Rate);
        command.Options.Add(Seed);
        command.Options.Add(Mess);
        command.Options.Add(Date);
        command.Options.Add(Ledger);
        command.Options.Add(Endless);
        command.Options.Add(RecordTarget.To);
        WindowOptions.AddShardsTo(command);
        return command;
    }

    private static async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var ledgerPath = context.Parsed.GetValue(Ledger);
        var rate = context.Parsed.GetValue(Rate);
        if (rate is <= 0 or > 10_000_000)
        {
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--rate is {rate}; expected events a second, up to 10,000,000"));
        }

        var isEndless = context.Parsed.GetValue(Endless);
        if (isEndless && ledgerPath is not null)
        {
            throw new UsageException("--endless and --ledger don't go together: a ledger is of one run");
        }

        var options = new SimulatorOptions
        {
            Events = context.Parsed.GetValue(Events),
            Seed = isEndless && context.Parsed.GetResult(Seed) is null or { Implicit: true } ? SeedOfChance() : context.Parsed.GetValue(Seed),
            Mess = context.Parsed.GetValue(Mess),
            MessWeights = Places.MessWeights(context.Parsed.GetValue(RecordTarget.To) ?? context.Settings.Stream),
            Date = context.Parsed.GetValue(Date) ?? Today(context.Clock),
            WithLedger = ledgerPath is not null,
            BatchEvents = rate is null ? 5_000 : (int)Math.Clamp(rate.Value / 10, 1, 5_000),
        };
        if (options.Faults() is { Count: > 0 } faults)
        {
            throw new UsageException(string.Join(' ', faults));
        }

        var progress = new StageProgress("simulate");
        await using var heartbeat = Heartbeat.Start(context, "simulate", progress);
        var started = context.Clock.GetTimestamp();
        bool isStandardOutput;
        await using (var target = await RecordTarget.OpenAsync(context, cancellationToken))
        await using (var ledger = ledgerPath is null ? null : FileModes.CreatePrivate(ledgerPath))
        await using (ProgressDisplay.Start(context.Error, context.Clock, progress))
        {
            isStandardOutput = target.IsStandardOutput;
            try
            {
                do
                {
                    var simulator = new AirportSimulator(options, ReferenceTables.Default);
                    await SimulatorFeed.RunAsync(simulator, target.Writer, ledger, rate, progress, context.Clock, cancellationToken);

                    // Another seed: event ids follow from it, and the same ones again would all be refused or dropped.
                    options = options with { Seed = unchecked(options.Seed + 1), Date = context.Parsed.GetValue(Date) ?? Today(context.Clock) };
                }
                while (isEndless);
            }
            catch (OperationCanceledException) when (isEndless && cancellationToken.IsCancellationRequested)
            {
                // The ordinary end of one that has no other.
            }

            progress.Complete();
        }

        var done = progress.Snapshot();
        var seconds = context.Clock.GetElapsedTime(started).TotalSeconds;
        await Result.WriteAsync(
            isStandardOutput ? context with { Out = context.Error } : context,
            new Result
            {
                ["records"] = done.Records,
                ["events"] = done.Events,
                ["bytes"] = done.Bytes,
                ["seconds"] = Math.Round(seconds, 3),
                ["events_per_second"] = (long)(done.Events / seconds),
                ["ledger"] = ledgerPath,
            });
        return ExitCode.Done;
    }

    private static DateOnly Today(TimeProvider clock) => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    /// <summary>A seed that no other process has: several that send to one stream must not send the same ids.</summary>
    private static ulong SeedOfChance() => BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));
}
