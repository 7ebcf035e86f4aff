using AirportOps.Simulator.Network;

namespace AirportOps.Simulator.Day;

/// <summary>An aircraft at a gate, from blocks on to blocks off.</summary>
/// <param name="Inbound">The leg that brought it; null when it stood there before the run, or came in empty.</param>
/// <param name="Outbound">The leg it leaves with.</param>
/// <param name="At">Where.</param>
/// <param name="Gate">The gate, its own for the stay.</param>
/// <param name="On">When it blocked on; for one that stood there before the run, two hours before its departure.</param>
internal sealed record Stay(Leg? Inbound, Leg Outbound, Station At, Gate Gate, long On);
