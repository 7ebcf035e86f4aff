using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using AirportOps.Reliability;

namespace AirportOps.Streams;

/// <summary>
/// A stream in a directory: a durable append-only log with any number of readers and one writer at a time, across processes.
/// </summary>
/// <remarks>
/// A folder a shard, in it segment files (<see cref="SegmentHeader"/>) of records (<see cref="Frame"/>); beside them the
/// stream's definition and the writer's lock. Readers see a record as soon as it stands whole in the file, which may be shortly
/// before it is durable; its number is never given to another, even when a power cut takes it away.
/// </remarks>
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "A stream of events is what it is.")]
public sealed class LocalStream : IEventStream
{
    private readonly string _directory;
    private readonly LocalStreamOptions _options;
    private readonly ILogFiles _files;
    private readonly TimeProvider _clock;
    private readonly ShardMap _map;

    private LocalStream(string directory, LocalStreamOptions options, ILogFiles files, TimeProvider clock, int shardCount) =>
        (_directory, _options, _files, _clock, _map) = (directory, options, files, clock, new ShardMap(shardCount));

    /// <inheritdoc/>
    public string Name => Path.GetFileName(_directory);

    /// <inheritdoc/>
    public TimeSpan PollInterval => _options.PollInterval;

    /// <summary>Opens a stream and creates it where there is none.</summary>
    /// <param name="directory">
    /// Where it lies; the last part is its name, of letters, digits, <c>-</c>, <c>_</c> and, not first, <c>.</c>
    /// </param>
    /// <param name="options">See there.</param>
    /// <param name="clock">Gives the records' arrival.</param>
    /// <exception cref="StreamException">The directory can't be used.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static LocalStream Open(string directory, LocalStreamOptions options, TimeProvider clock) =>
        Open(directory, options, clock, new LogFiles());

    /// <summary>Opens a stream over a file system that may fail.</summary>
    internal static LocalStream Open(string directory, LocalStreamOptions options, TimeProvider clock, ILogFiles files)
    {
        options.Validate();
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        var name = Path.GetFileName(path);
        if (name.Length == 0 || name[0] == '.' || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
        {
            throw new StreamException(
                $"'{path}' can't be a stream: its last part is the stream's name, of letters, digits, '-', '_' and, not first, '.'.",
                Fault.Operator,
                null);
        }

        try
        {
            var shardCount = StreamDefinition.ReadOrCreate(path, options.ShardCount);
            for (var shard = 0; shard < shardCount; shard++)
            {
                DurableDirectory.Create(Path.Combine(path, ShardMap.IdOf(shard)), path);
            }

            return new LocalStream(path, options, files, clock, shardCount);
        }
        catch (Exception exception) when (exception is JsonException || Faults.IsOfFiles(exception))
        {
            throw LocalStreamFailure.Of("open the stream in", path, exception);
        }
    }

    /// <inheritdoc/>
    public Task<TimeSpan?> GetRetentionAsync(CancellationToken cancellationToken) => Task.FromResult(_options.RetentionAge);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Shard>> ListShardsAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<Shard>>(
            Enumerable.Range(0, _map.Count).Select(index => new Shard(ShardMap.IdOf(index), [])).ToArray());
    }

    /// <inheritdoc/>
    public Task<IShardReader> OpenReaderAsync(string shardId, StreamPosition position, CancellationToken cancellationToken)
    {
        if (!Enumerable.Range(0, _map.Count).Select(ShardMap.IdOf).Contains(shardId))
        {
            throw new StreamException(
                $"The stream in '{_directory}' has no shard '{shardId}'; it has {ShardMap.IdOf(0)} to {ShardMap.IdOf(_map.Count - 1)}.",
                Fault.Operator,
                null);
        }

        return Task.Run<IShardReader>(
            () => LocalShardReader.Open(new ShardFolder(Path.Combine(_directory, shardId)), position, _clock), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IStreamWriter> OpenWriterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var appenders = Enumerable.Range(0, _map.Count).Select(shard =>
            new ShardAppender(new ShardFolder(Path.Combine(_directory, ShardMap.IdOf(shard))), _options, _files, _clock));
        return Task.FromResult<IStreamWriter>(
            new LocalStreamWriter(WriterLock.Take(_directory, _clock), _map, appenders, _options.MaxRecordBytes));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
