using System.Globalization;
using System.Text;
using AirportOps.Simulator.Network;

namespace AirportOps.Simulator.Day;

/// <summary>What a checkpoint reports of ten minutes.</summary>
/// <param name="At">Which checkpoint.</param>
/// <param name="Arrived">Passengers who joined the queue in these minutes; not part of the event.</param>
/// <param name="Screened">Passengers who went through.</param>
/// <param name="Queue">Passengers still waiting at the end.</param>
/// <param name="Lanes">Open lanes.</param>
internal sealed record Reading(Checkpoint At, int Arrived, int Screened, int Queue, int Lanes)
{
    /// <summary>Tenths of a minute the last in the queue will wait: what is before him over what the lanes do.</summary>
    public int WaitTenths => Queue * 10 * Checkpoint.IntervalMinutes / (Lanes * Checkpoint.PerLane);
}

/// <summary>
/// A queue before a number of lanes. Passengers come ahead of their flights, lanes open after the crowd (and a crew is sometimes missing), and what
/// the lanes can't do stays in the queue: arrivals = screened + growth of the queue, always.
/// </summary>
internal sealed class Checkpoint
{
    public const int IntervalMinutes = 10;

    /// <summary>Passengers a lane screens in an interval.</summary>
    public const int PerLane = 26;

    private const int MaxLanes = 14;
    private const int Intervals = 3 * 24 * 60 / IntervalMinutes;

    /// <summary>How many of a hundred passengers come in each ten minutes, from 150 minutes before the departure on.</summary>
    private static readonly int[] Coming = [3, 5, 9, 13, 16, 16, 14, 11, 8, 5];

    private const int EarliestMinutes = 150;

    private readonly int[] _arrivals = new int[Intervals];
    private readonly Station _station;
    private int _queue;
    private int _arrivedBefore;

    public Checkpoint(Station station, int number)
    {
        _station = station;
        Name = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"CP-{number}"));
        Terminal = Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));
        Key = string.Create(CultureInfo.InvariantCulture, $"{station.Code} CP-{number}");
    }

    public Station Station => _station;

    public byte[] Name { get; }

    public byte[] Terminal { get; }

    /// <summary>Partition key: airport and checkpoint.</summary>
    public string Key { get; }

    /// <summary>Passengers of a departure start coming.</summary>
    public void Expect(long scheduledOff, int passengers)
    {
        var first = (scheduledOff - (EarliestMinutes * SimClock.Minute)) / (IntervalMinutes * SimClock.Minute);
        var (share, sent) = (0, 0);
        for (var i = 0; i < Coming.Length; i++)
        {
            share += Coming[i];
            var due = passengers * share / 100;
            _arrivals[(first + i) % Intervals] += due - sent;
            sent = due;
        }
    }

    /// <summary>Works the interval that ends now.</summary>
    /// <param name="end">End of the interval.</param>
    /// <param name="luck">Decides whether a crew is missing.</param>
    /// <returns>The reading; null when nobody came and nobody waits, which is when the checkpoint is closed.</returns>
    public Reading? Work(long end, SplitMix luck)
    {
        var interval = (end / (IntervalMinutes * SimClock.Minute)) - 1;
        var arrived = _arrivals[interval % Intervals];
        _arrivals[interval % Intervals] = 0;
        if (arrived + _queue == 0)
        {
            return null;
        }

        // Lanes follow the crowd: what came in the ten minutes before, and part of the queue.
        var lanes = Math.Clamp((_arrivedBefore + (_queue / 3) + PerLane - 1) / PerLane, 1, MaxLanes);
        _arrivedBefore = arrived;
        if (lanes > 1 && luck.Percent(25))
        {
            lanes--;
        }

        var screened = Math.Min(_queue + arrived, lanes * PerLane);
        _queue += arrived - screened;
        return new Reading(this, arrived, screened, _queue, lanes);
    }
}
