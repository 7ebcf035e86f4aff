using System.Collections.Concurrent;
using AirportOps.Cleaning;
using AirportOps.Cleaning.Codes;
using AirportOps.Reference;

namespace AirportOps.Pipeline.Batch;

/// <summary>
/// One batch under way. Each worker does what is at hand: a row group to write, or else the next chunk of the input to read and clean. Cleaned chunks
/// are settled and gathered one at a time in the order of the input, by the worker that brings the next one due.
/// </summary>
internal sealed class BatchRun : IDisposable
{
    /// <summary>Chunks per worker: one it cleans, and one that waits for its turn.</summary>
    private const int ChunksPerWorker = 2;

    private readonly BatchLimits _limits;
    private readonly CodeTables _codes;
    private readonly CleanerOptions _cleaning;
    private readonly ChunkReader _reader;
    private readonly BatchOutput _output;
    private readonly WorkQueue _queue = new();
    private readonly StageProgress _progress;
    private readonly long _inputBytes;

    private readonly Lock _reading = new();
    private readonly ConcurrentBag<RecordChunk> _spare = [];
    private readonly SemaphoreSlim _free;

    private readonly Lock _turns = new();
    private readonly Dictionary<long, RecordChunk> _waiting = [];
    private long _due;
    private bool _isGathering;

    internal BatchRun(
        BatchRequest request,
        IReadOnlyList<BatchSource> sources,
        ReferenceTables reference,
        CodeTables codes,
        OutputFolder folder,
        BatchLimits limits,
        Func<Stream> standardInput,
        StageProgress progress)
    {
        (_limits, _codes, _cleaning, _progress) = (limits, codes, request.Cleaning, progress);
        _reader = new ChunkReader(sources, limits, standardInput) { Advanced = ShowRead };
        _output = new BatchOutput(request, sources, reference, folder, limits, _queue, progress);
        _inputBytes = sources.All(source => source.Input.Bytes is not null) ? sources.Sum(source => source.Input.Bytes!.Value) : 0;
        _free = new SemaphoreSlim(limits.Workers * ChunksPerWorker);
    }

    internal async Task<CleanManifest> RunAsync(CancellationToken cancellationToken)
    {
        await OnAllWorkersAsync(CleanAll, cancellationToken).ConfigureAwait(false);
        _output.Finish();
        await OnAllWorkersAsync(WriteAll, cancellationToken).ConfigureAwait(false);
        return _output.ToManifest(_reader.Records);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _output.Dispose();
        _free.Dispose();
    }

    /// <summary>Runs the same work on every worker; the first failure stops the others and is thrown.</summary>
    private async Task OnAllWorkersAsync(Action<CancellationToken> work, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Exception? first = null;
        var workers = Enumerable.Range(0, _limits.Workers).Select(_ => Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        await Task.WhenAll(workers.ToArray()).ConfigureAwait(false);
        if (first is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
        }

        void Run()
        {
            try
            {
                work(stop.Token);
            }
            catch (Exception failure)
            {
                Interlocked.CompareExchange(ref first, failure, null);
                stop.Cancel();
            }
        }
    }

    private void WriteAll(CancellationToken cancellationToken)
    {
        while (_queue.TryRunOne())
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private void CleanAll(CancellationToken cancellationToken)
    {
        var cleaner = new EventCleaner(_codes, _cleaning);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_queue.TryRunOne())
            {
                continue;
            }

            _free.Wait(cancellationToken);
            var chunk = _spare.TryTake(out var spare) ? spare : new RecordChunk();
            if (!TryRead(chunk, cancellationToken))
            {
                _free.Release();
                return;
            }

            chunk.Clean(cleaner);
            Deliver(chunk);
        }
    }

    private bool TryRead(RecordChunk chunk, CancellationToken cancellationToken)
    {
        lock (_reading)
        {
            return _reader.TryRead(chunk, cancellationToken);
        }
    }

    private void ShowRead() => _progress.SetInput(_reader.BytesRead, _inputBytes);

    /// <summary>Gathers this chunk and those waiting for it, if it is due and nobody is at it.</summary>
    private void Deliver(RecordChunk chunk)
    {
        lock (_turns)
        {
            _waiting.Add(chunk.Index, chunk);
            if (_isGathering)
            {
                return;
            }

            _isGathering = true;
        }

        while (TryTakeDue(out var due))
        {
            _output.Gather(due);
            _spare.Add(due);
            _free.Release();
        }
    }

    private bool TryTakeDue(out RecordChunk due)
    {
        lock (_turns)
        {
            _isGathering = _waiting.Remove(_due, out due!);
            _due += _isGathering ? 1 : 0;
            return _isGathering;
        }
    }
}
