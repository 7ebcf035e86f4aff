using System.Runtime.CompilerServices;
using AirportOps.Pipeline.Batch;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Pipeline.Verification;

/// <summary>What one cleaning stored: a window's, or that of files.</summary>
/// <param name="Ledger">What became of its records.</param>
/// <param name="Files">Its Parquet files.</param>
/// <param name="Quarantine">Its quarantine files.</param>
/// <param name="Replayed">What a replay took out of the quarantine; null for another cleaning.</param>
/// <param name="Gap">Where records are missing in front of it, in words; null for nowhere.</param>
internal sealed record StoredOutput(
    WindowLedger Ledger,
    IReadOnlyList<WindowFile> Files,
    IReadOnlyList<WindowObject> Quarantine,
    WindowReplay? Replayed,
    string? Gap = null)
{
    internal static async IAsyncEnumerable<StoredOutput> OfWindowsAsync(
        WindowStore windows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var window in windows.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return new StoredOutput(window.Ledger, window.Files, window.Quarantine, window.Replayed, window.Gap is { } gap ? $"window {window.Id}: {gap}" : null);
        }
    }

    internal static StoredOutput Of(CleanManifest manifest) => new(
        manifest.Ledger,
        [.. manifest.Files.Select(file => new WindowFile(file.Entity, file.EventDate, file.Key, file.Rows, file.Bytes, []))],
        manifest.Quarantine,
        Replayed: null);
}
