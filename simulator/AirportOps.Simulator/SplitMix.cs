namespace AirportOps.Simulator;

/// <summary>
/// The SplitMix64 generator (Steele, Lea, Flood 2014): 64 bits of state, an addition and a mix per draw. Ours, because the framework does not
/// promise its seeded sequence for ever, and the same options must give the same bytes on every platform. Integers only, for the same reason.
/// </summary>
internal sealed class SplitMix(ulong state)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private const int Million = 1_000_000;

    private ulong _state = state;

    /// <summary>A generator of its own for a thing, so that what happens to one thing never moves the luck of another.</summary>
    public static SplitMix For(ulong seed, ulong first, ulong second = 0) => new(Mix(Mix(Mix(seed + Golden) ^ first) + Golden ^ second));

    /// <summary>The mix of SplitMix64: a bijection of 64 bits, so distinct inputs never collide.</summary>
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    public ulong Next() => Mix(_state += Golden);

    /// <summary>A whole number from 0 up to, not including, <paramref name="limit"/>.</summary>
    public int Below(int limit) => (int)(((Next() >> 32) * (ulong)limit) >> 32);

    /// <summary>A whole number of a closed range.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    /// <summary>True in this many of a million draws.</summary>
    public bool PerMillion(int chances) => Below(Million) < chances;

    /// <summary>True in this many of a hundred draws.</summary>
    public bool Percent(int chances) => Below(100) < chances;

    public T Pick<T>(ReadOnlySpan<T> choices) => choices[Below(choices.Length)];
}
