using System.CommandLine;
using AirportOps.Cli.Hosting;
using AirportOps.Reliability;
using AirportOps.Streams;

namespace AirportOps.Cli.Feeding;

/// <summary>Where <c>simulate</c> and <c>ingest</c> send records: the stream, a file, or standard output.</summary>
internal sealed class RecordTarget : IAsyncDisposable
{
    /// <summary>The option that names a target.</summary>
    internal static readonly Option<string?> To = new("--to")
    {
        Description = "file:PATH (.gz compresses) or - for standard output [default: the stream]",
        HelpName = "PLACE",
    };

    private const string FilePrefix = "file:";

    private readonly IEventStream? _stream;

    private RecordTarget(IStreamWriter writer, IEventStream? stream) => (Writer, _stream) = (writer, stream);

    /// <summary>Takes the records.</summary>
    internal IStreamWriter Writer { get; }

    /// <summary>Whether the records go where results would go.</summary>
    internal bool IsStandardOutput { get; private init; }

    /// <summary>Opens the target that the command line names.</summary>
    internal static async Task<RecordTarget> OpenAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var to = context.Parsed.GetValue(To);
        switch (to)
        {
            case null:
                var stream = context.Places.OpenStream();
                return new RecordTarget(await stream.OpenWriterAsync(cancellationToken), stream);
            case "-":
                return new RecordTarget(FileStreamWriter.Over(Console.OpenStandardOutput(), "standard output"), null) { IsStandardOutput = true };
            case { Length: > 5 } when to.StartsWith(FilePrefix, StringComparison.Ordinal):
                return new RecordTarget(FileStreamWriter.Create(to[FilePrefix.Length..]), null);
            default:
                throw new UsageException($"--to is '{to}'; expected file:PATH or -");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        if (_stream is not null)
        {
            await _stream.DisposeAsync();
        }
    }
}
