using System.Text;
using AirportOps.Reference;
using AirportOps.Reference.Time;
using AirportOps.Simulator.Day;

namespace AirportOps.Simulator.Network;

/// <summary>An airport of the network with what stands there: gates and checkpoints.</summary>
internal sealed class Station
{
    private const int HubCheckpoints = 3;

    public Station(Airport airport, Spelling spelling, int ordinal, bool isHub)
    {
        Airport = airport;
        Spelling = spelling;
        Ordinal = ordinal;
        IsHub = isHub;
        Code = airport.Iata;
        Utf8 = Encoding.ASCII.GetBytes(airport.Iata);
        Clock = LocalClock.Find(airport.TimeZone) ?? throw new InvalidOperationException($"The network has {airport.Iata}, which has no time zone.");
        Checkpoints = [.. Enumerable.Range(1, isHub ? HubCheckpoints : 1).Select(number => new Checkpoint(this, number))];
    }

    public Airport Airport { get; }

    /// <summary>What else the airport may be called without a doubt.</summary>
    public Spelling Spelling { get; }

    /// <summary>Place in the network, from 0: what weather and luck are keyed by.</summary>
    public int Ordinal { get; }

    public bool IsHub { get; }

    public string Code { get; }

    public byte[] Utf8 { get; }

    public LocalClock Clock { get; }

    public GatePlan Gates { get; } = new();

    public Checkpoint[] Checkpoints { get; }

    /// <summary>The date on the wall here.</summary>
    public int LocalDay(long time) => Clock.DayAt(SimClock.ToMicros(time));
}
