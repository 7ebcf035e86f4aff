using System.Globalization;
using System.Text;

namespace AirportOps.Simulator.Day;

/// <summary>A gate and when it is taken.</summary>
internal sealed class Gate(byte[] terminal, byte[] name)
{
    private readonly List<(long From, long To)> _bookings = [];

    public byte[] Terminal { get; } = terminal;

    public byte[] Name { get; } = name;

    /// <summary>Books the gate if nobody has it in that time.</summary>
    public bool TryBook(long from, long to)
    {
        foreach (var booking in _bookings)
        {
            if (from < booking.To && booking.From < to)
            {
                return false;
            }
        }

        _bookings.Add((from, to));
        return true;
    }

    public void ForgetBefore(long time) => _bookings.RemoveAll(booking => booking.To < time);
}

/// <summary>The gates of a station. The lowest free one is given away; a new one opens when all are taken.</summary>
internal sealed class GatePlan
{
    private const int GatesPerTerminal = 24;

    /// <summary>Between one aircraft leaving and the next one rolling in.</summary>
    private const long Clearance = 5 * SimClock.Minute;

    private readonly List<Gate> _gates = [];

    /// <summary>A gate for a stay.</summary>
    /// <param name="on">When the aircraft blocks on.</param>
    /// <param name="off">When it blocks off.</param>
    /// <param name="now">No stay booked later begins before this.</param>
    public Gate Book(long on, long off, long now)
    {
        foreach (var gate in _gates)
        {
            gate.ForgetBefore(now - SimClock.Hour);
            if (gate.TryBook(on, off + Clearance))
            {
                return gate;
            }
        }

        var opened = Open(_gates.Count);
        opened.TryBook(on, off + Clearance);
        _gates.Add(opened);
        return opened;
    }

    /// <summary>Terminal 1 has the gates A1 to A24, terminal 2 has B1…</summary>
    private static Gate Open(int index)
    {
        var (terminal, number) = Math.DivRem(index, GatesPerTerminal);
        return new Gate(
            Encoding.ASCII.GetBytes((terminal + 1).ToString(CultureInfo.InvariantCulture)),
            Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + terminal)}{number + 1}")));
    }
}
