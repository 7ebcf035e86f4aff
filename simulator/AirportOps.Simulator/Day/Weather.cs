using AirportOps.Simulator.Network;

namespace AirportOps.Simulator.Day;

/// <summary>The weather at a station: fair, bad or severe for six hours at a time.</summary>
internal sealed class Weather(ulong seed)
{
    private const long Spell = 6 * SimClock.Hour;

    /// <summary>0 fair, 1 bad, 2 severe.</summary>
    public int At(Station station, long time) => SplitMix.For(seed, (ulong)station.Ordinal + 0x57_0000, (ulong)(time / Spell)).Below(100) switch
    {
        < 87 => 0,
        < 97 => 1,
        _ => 2,
    };
}
