using AirportOps.Pipeline.Windows;

namespace AirportOps.Warehouse.Loading;

/// <summary>How far a shard is loaded, of the latest generation that any window was loaded of.</summary>
/// <param name="Generation">That generation; 0 when nothing is loaded.</param>
/// <param name="Newest">Its newest ordinal.</param>
/// <param name="Oldest">Its oldest ordinal: earlier generations' windows from there on stand no longer.</param>
internal readonly record struct LoadedShard(int Generation, long Newest, long Oldest)
{
    internal static LoadedShard Nothing => default;

    /// <summary>Takes the next window of the shard.</summary>
    /// <returns>The shard with the window; null when it is loaded already.</returns>
    /// <exception cref="ArgumentException">A window between is not loaded, or a later generation has begun.</exception>
    internal LoadedShard? Take(WindowId window)
    {
        if (window.Generation == Generation && window.Ordinal <= Newest)
        {
            return null;
        }

        // A later generation goes on where the earlier one stood when the lake was restored, which may be behind what is loaded of that.
        if (window.Generation < Generation || window.Ordinal > Newest + 1)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Window {window} follows {Newest} of generation {Generation}, the newest loaded: windows are loaded in the order of their shard."),
                nameof(window));
        }

        return window.Generation == Generation ? this with { Newest = window.Ordinal } : new LoadedShard(window.Generation, window.Ordinal, window.Ordinal);
    }
}
