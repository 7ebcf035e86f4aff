namespace AirportOps.Warehouse.Gold;

/// <summary>Keys that a trial builds, by their numbers from 1: those from the first to the last but for some.</summary>
/// <param name="First">The first one's number.</param>
/// <param name="Last">The last one's number; less than the first for none.</param>
/// <param name="Without">Numbers to leave out.</param>
internal sealed record KeySpan(long First, long Last, IReadOnlyCollection<long> Without);

/// <summary>
/// Finds the keys that make a build fail by building parts of them. A part that fails is halved until one key is left; of k such keys among n that takes at
/// most 2 k (log2 n + 1) trials, together as much work as some log2 k + 3 whole builds, for the parts get smaller. Keys that fail only together are found
/// as the last of the shortest run of keys that fails.
/// </summary>
/// <param name="tryAsync">Builds a part and undoes it: the failure, or null when it works.</param>
/// <param name="maxKeys">How many keys are looked for.</param>
internal sealed class KeySearch(Func<KeySpan, Task<StepFailureException?>> tryAsync, int maxKeys)
{
    private readonly SortedDictionary<long, StepFailureException> _found = [];

    /// <summary>What has been found: a key's number, and its failure.</summary>
    internal IReadOnlyDictionary<long, StepFailureException> Found => _found;

    /// <summary>Parts that were tried.</summary>
    internal int Trials { get; private set; }

    /// <summary>Whether there are more such keys than are looked for.</summary>
    internal bool IsOver => _found.Count > maxKeys;

    /// <summary>Halves the keys from one number to another, which fail together.</summary>
    /// <returns>Whether one was found.</returns>
    internal async Task<bool> HalveAsync(long first, long last)
    {
        if (IsOver)
        {
            return true;
        }

        if (first == last)
        {
            // Inferred or not, it says how it fails only when it is tried.
            if (await TryAsync(first, last, []).ConfigureAwait(false) is { } failure)
            {
                _found[first] = failure;
                return true;
            }

            return false;
        }

        var middle = first + ((last - first) / 2);
        var isLeft = await IsFailingAsync(first, middle).ConfigureAwait(false) && await HalveAsync(first, middle).ConfigureAwait(false);

        // When the first half works, it is the second that fails.
        var isRight = (!isLeft || await IsFailingAsync(middle + 1, last).ConfigureAwait(false)) && await HalveAsync(middle + 1, last).ConfigureAwait(false);
        return isLeft || isRight;
    }

    /// <summary>Finds the key that ends the shortest run from the first key on that fails, those found already left out.</summary>
    /// <param name="keys">How many keys there are.</param>
    /// <returns>Whether one was found; not when all of them work.</returns>
    internal async Task<bool> LastOfShortestAsync(long keys)
    {
        long works = 0;
        long fails = keys;
        var failure = await TryAsync(1, keys, [.. _found.Keys]).ConfigureAwait(false);
        while (failure is not null && fails - works > 1)
        {
            var middle = works + ((fails - works) / 2);
            if (await TryAsync(1, middle, [.. _found.Keys]).ConfigureAwait(false) is { } nearer)
            {
                (fails, failure) = (middle, nearer);
            }
            else
            {
                works = middle;
            }
        }

        return failure is not null && _found.TryAdd(fails, failure);
    }

    /// <summary>A single key is tried when its turn comes.</summary>
    private async Task<bool> IsFailingAsync(long first, long last) => first == last || await TryAsync(first, last, []).ConfigureAwait(false) is not null;

    private Task<StepFailureException?> TryAsync(long first, long last, IReadOnlyCollection<long> without)
    {
        Trials++;
        return tryAsync(new KeySpan(first, last, without));
    }
}
