using System.CommandLine;
using System.Globalization;
using AirportOps.Cli.Cleaning;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Output;
using AirportOps.Pipeline;
using AirportOps.Pipeline.Batch;
using AirportOps.Pipeline.Firehose;
using AirportOps.Reliability;

namespace AirportOps.Cli.Commands;

/// <summary><c>clean</c>: the cleaner over files.</summary>
internal static class CleanCommand
{
    private const string Description = """
        Clean files of records, one a line, into Silver and the quarantine

        Reads lines, gzip, a zip of one file and UTF-16 (told apart by content), globs (quoted: * ? **) in the order of their paths, and - for standard
        input; with --bronze, Bronze objects, ours and those of a Firehose delivery stream, told apart by their names. What is damaged or of another format
        is said in one line. A FILE may lie in S3: s3://BUCKET/KEY, a folder there or
        a glob. Empty lines are no records and do not count. event_ids are remembered over the whole input: of equal ones the first is the row.

        DIR gets silver/ENTITY/event_date=…/*.parquet, quarantine/date=…/*.jsonl.gz and _clean.json, all at once when everything is written; killed before,
        it stays as it was, and the same command run again gives one complete result. A result of the same files is replaced, of others only with
        --force. The same input gives the same bytes, whatever the number of cores.
        """;

    private static readonly Dictionary<string, FirehoseDelimiter> Delimiters = new(StringComparer.Ordinal)
    {
        ["auto"] = FirehoseDelimiter.Found,
        ["newline"] = FirehoseDelimiter.Newline,
        ["none"] = FirehoseDelimiter.None,
    };

    private static readonly Argument<string[]> Files = new("FILE")
    {
        Description = "Files, globs, s3://BUCKET/… or - for standard input",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> Out = new("--out") { Description = "Folder of the result; created where it is not there", HelpName = "DIR" };

    private static readonly Option<bool> Bronze = new("--bronze")
    {
        Description = "The files are Bronze objects: each line says its shard, sequence and arrival. Of a delivery stream's the shard is the object's "
            + "name, the sequence the record's number in it, the arrival that of the oldest record, which the name says",
    };

    private static readonly Option<string?> Firehose = FirehoseOption();

    private static readonly Option<string?> Now = new("--now")
    {
        Description = "Arrival of all records, YYYY-MM-DD[THH:MM:SSZ] [default: each file's modification time; standard input: the time of the run]",
        HelpName = "INSTANT",
    };

    private static readonly Option<bool> Force = new("--force") { Description = "Replace a complete result of other files in DIR" };

    private static readonly Option<bool> AcceptGaps = new("--accept-gaps")
    {
        Description = "With --bronze: clean the objects named although some that were archived between them are not among them",
    };

    private static readonly Option<string?> Explain = new("--explain")
    {
        Description = "Write nothing; print a record as it arrived and, of each event in it, whether it is a row, a duplicate or refused and why, and for "
            + "each field its key and value as they came, the repairs and the clean value. A number is a record's number in its file, anything else an event_id",
        HelpName = "EVENT",
    };

    internal static Command Create(VerbHost host)
    {
        var command = host.Verb("clean", Description, RunAsync);
        command.Arguments.Add(Files);
        command.Options.Add(Out);
        command.Options.Add(Bronze);
        command.Options.Add(Firehose);
        command.Options.Add(Now);
        command.Options.Add(Force);
        command.Options.Add(AcceptGaps);
        command.Options.Add(Explain);
        LayoutOptions.AddTo(command);
        WindowOptions.AddIdsTo(command);
        return command;
    }

    private static async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var firehose = ReadDelimiter(context.Parsed.GetValue(Firehose));
        var isBronze = context.Parsed.GetValue(Bronze) || firehose is not null;
        var now = ReadNow(context.Parsed.GetValue(Now), isBronze);
        if (context.Parsed.GetValue(Explain) is { } target)
        {
            var files = await CleanInputs.FindAsync(context, context.Parsed.GetValue(Files)!, now, cancellationToken);
            return await ExplainReport.WriteAsync(
                context, new RecordExplainer(context.Reference) { Cleaning = context.Settings.Cleaning }.Find(files, isBronze, firehose, target, cancellationToken), target);
        }

        var directory = context.Parsed.GetValue(Out) ?? throw new UsageException("clean needs --out DIR, the folder of the result");
        await using var watch = context.Settings.IsWatched ? CleanSurroundings.Watch(context) : null;
        var inputs = await CleanInputs.FindAsync(context, context.Parsed.GetValue(Files)!, now, cancellationToken);
        var request = new BatchRequest(inputs, isBronze, directory, context.Parsed.GetValue(Force))
        {
            Firehose = firehose,
            AcceptGaps = context.Parsed.GetValue(AcceptGaps),
            Layout = LayoutOptions.Read(context.Parsed),
            IdsInMemory = context.Settings.IdsInMemory,
            Cleaning = context.Settings.Cleaning,
        };
        var progress = new StageProgress("clean");
        var started = context.Clock.GetTimestamp();
        CleanManifest manifest;
        await using (ProgressDisplay.Start(context.Error, context.Clock, progress))
        {
            manifest = await new BatchCleaner(context.Reference, progress)
                .RunAsync(request, cancellationToken);
        }

        await CleanReport.WriteAsync(context, manifest, directory, context.Clock.GetElapsedTime(started));
        return ExitCode.Done;
    }

    private static Option<string?> FirehoseOption()
    {
        var option = new Option<string?>("--firehose")
        {
            Description = "With --bronze, which it implies: files of any name but ours are a delivery stream's objects, and this is what it puts behind each "
                + "record; auto: what each object shows [default: auto, for those named as Firehose does]",
            HelpName = "auto|newline|none",
        };
        option.AcceptOnlyFromAmong([.. Delimiters.Keys]);
        return option;
    }

    private static FirehoseDelimiter? ReadDelimiter(string? text) => text is null ? null : Delimiters[text];

    private static DateTimeOffset? ReadNow(string? text, bool isBronze)
    {
        if (text is null)
        {
            return null;
        }

        if (isBronze)
        {
            throw new UsageException("--now is for plain lines; Bronze objects say when their records arrived");
        }

        string[] formats = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];
        return DateTimeOffset.TryParseExact(
            text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var now)
                ? now
                : throw new UsageException($"--now is '{text}'; expected YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ");
    }
}
