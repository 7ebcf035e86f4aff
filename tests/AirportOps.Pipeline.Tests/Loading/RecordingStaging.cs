using AirportOps.Lake;
using AirportOps.Pipeline.Loading;
using AirportOps.Pipeline.Windows;
using AirportOps.Reliability;

namespace AirportOps.Pipeline.Tests.Loading;

/// <summary>Keeps what it was given, transaction by transaction.</summary>
internal sealed class RecordingStaging : IStagingStore
{
    private readonly List<WindowManifest> _loaded = [];

    internal List<IReadOnlyList<WindowId>> Transactions { get; } = [];

    /// <summary>How often it was asked how far a stream is loaded.</summary>
    internal int Asked { get; set; }

    internal int FailOnTransaction { get; set; }

    /// <summary>Called while a transaction is under way.</summary>
    internal Action? Loading { get; set; }

    internal IEnumerable<long> OrdinalsOf(string stream, string shard) =>
        Transactions.SelectMany(windows => windows).Where(window => window.Stream == stream && window.Shard == shard).Select(window => window.Ordinal);

    /// <summary>What the journal says instead of what was loaded; null: nothing else.</summary>
    internal Func<WindowId, LoadedWindow>? Journal { get; set; }

    public Task<IReadOnlyDictionary<string, LoadedWindow>> LoadedUpToAsync(string stream, CancellationToken cancellationToken)
    {
        Asked++;
        return Task.FromResult<IReadOnlyDictionary<string, LoadedWindow>>(_loaded
            .Where(window => window.Stream == stream)
            .GroupBy(window => window.Shard)
            .ToDictionary(shard => shard.Key, shard => Row(shard.OrderBy(window => window.Generation).ThenBy(window => window.Ordinal).Last())));
    }

    public Task<LoadedWindow?> FindLoadedAsync(WindowId window, CancellationToken cancellationToken) =>
        Task.FromResult(_loaded.Where(loaded => loaded.Id == window).Select(Row).FirstOrDefault());

    public Task<LoadOutcome> LoadAsync(IReadOnlyList<WindowManifest> windows, ILake lake, CancellationToken cancellationToken)
    {
        if (Transactions.Count + 1 == FailOnTransaction)
        {
            FailOnTransaction = 0;
            throw new PipelineException("The warehouse is away.", Fault.Outside, null);
        }

        Loading?.Invoke();
        var fresh = windows.Where(window => _loaded.TrueForAll(loaded => loaded.Id != window.Id)).ToList();
        if (fresh.Count > 0)
        {
            Transactions.Add([.. fresh.Select(window => window.Id)]);
            _loaded.AddRange(fresh);
        }

        return Task.FromResult(new LoadOutcome(fresh.Count, fresh.Sum(window => window.Ledger.Rows), 0));
    }

    internal List<ShardNote> Notes { get; } = [];

    public Task TakeNotesAsync(IReadOnlyList<ShardNote> notes, CancellationToken cancellationToken)
    {
        Notes.AddRange(notes);
        return Task.CompletedTask;
    }

    private LoadedWindow Row(WindowManifest window) =>
        Journal?.Invoke(window.Id) ?? new LoadedWindow(window.Generation, window.Ordinal, window.LastSequence, window.Sha256);
}
