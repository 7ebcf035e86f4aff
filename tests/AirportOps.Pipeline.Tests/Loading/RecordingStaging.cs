using AirportOps.Lake;
using AirportOps.Pipeline.Loading;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Pipeline.Tests.Loading;

/// <summary>Keeps what it was given, transaction by transaction.</summary>
internal sealed class RecordingStaging : IStagingStore
{
    internal List<IReadOnlyList<WindowId>> Transactions { get; } = [];

    internal int FailOnTransaction { get; set; }

    /// <summary>Called while a transaction is under way.</summary>
    internal Action? Loading { get; set; }

    internal IEnumerable<long> OrdinalsOf(string stream, string shard) =>
        Transactions.SelectMany(windows => windows).Where(window => window.Stream == stream && window.Shard == shard).Select(window => window.Ordinal);

    public Task<IReadOnlyDictionary<string, long>> LoadedUpToAsync(string stream, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, long>>(Transactions.SelectMany(windows => windows)
            .Where(window => window.Stream == stream)
            .GroupBy(window => window.Shard)
            .ToDictionary(shard => shard.Key, shard => shard.Max(window => window.Ordinal)));

    public Task<LoadOutcome> LoadAsync(IReadOnlyList<WindowManifest> windows, ILake lake, CancellationToken cancellationToken)
    {
        if (Transactions.Count + 1 == FailOnTransaction)
        {
            FailOnTransaction = 0;
            throw new PipelineException("The warehouse is away.", true, null);
        }

        Loading?.Invoke();
        Transactions.Add([.. windows.Select(window => window.Id)]);
        return Task.FromResult(new LoadOutcome(windows.Count, windows.Sum(window => window.Ledger.Rows), 0));
    }
}
