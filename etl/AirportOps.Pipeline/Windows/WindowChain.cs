using AirportOps.Reliability;
using AirportOps.Streams;

namespace AirportOps.Pipeline.Windows;

/// <summary>Holds two windows of a shard that follow each other together.</summary>
internal static class WindowChain
{
    /// <summary>Checks that a window goes on where the one before it ends.</summary>
    /// <param name="before">The window before; null where it is not at hand.</param>
    /// <param name="window">The window.</param>
    /// <exception cref="PipelineException">It does not.</exception>
    internal static void Check(WindowManifest? before, WindowManifest window)
    {
        if (before is null || ReplayShard.IsReplay(window.Shard))
        {
            return;
        }

        // Layout 1 has no link; all that can be asked of it is that it does not go back.
        var fits = window.LastSequenceBefore is { } link
            ? link == before.LastSequence
            : window.Version < WindowManifest.FirstSealedVersion && SequenceNumber.Parse(window.FirstSequence) > SequenceNumber.Parse(before.LastSequence);
        if (!fits)
        {
            throw new PipelineException(
                $"The window manifest {window.Id.ManifestKey} goes on after sequence {window.LastSequenceBefore ?? "?"}, but the window before it, "
                + $"{before.Id}, ends at {before.LastSequence}: one of the two is another lake's. Put both back from one backup, or restore the lake as docs/deploy.md says.",
                Fault.Operator,
                null);
        }
    }
}
