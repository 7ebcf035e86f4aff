using System.Text;

namespace AirportOps.Simulator.Network;

/// <summary>A kind of aircraft and how fast people get through its doors.</summary>
/// <param name="Icao">ICAO type designator, as events carry it.</param>
/// <param name="Seats">Seats of the usual cabin.</param>
/// <param name="IsWide">Two aisles and two doors: an ocean crosser.</param>
/// <param name="BoardingMillis">Milliseconds a passenger takes to board.</param>
/// <param name="DeboardingMillis">Milliseconds a passenger takes to leave.</param>
internal sealed record AircraftModel(string Icao, int Seats, bool IsWide, int BoardingMillis, int DeboardingMillis)
{
    private const int CruiseKilometresPerHour = 820;
    private const int TaxiAndClimbMinutes = 34;
    private const int ScheduleStep = 5;

    public static readonly AircraftModel[] Narrow =
    [
        new("A320", 180, false, 8_500, 3_400),
        new("B738", 174, false, 8_500, 3_400),
        new("A321", 212, false, 8_500, 3_200),
        new("A319", 144, false, 8_500, 3_400),
        new("E190", 100, false, 8_000, 3_200),
    ];

    public static readonly AircraftModel[] Wide =
    [
        new("B789", 290, true, 4_200, 1_700),
        new("A333", 300, true, 4_200, 1_700),
        new("B77W", 350, true, 4_000, 1_600),
    ];

    public byte[] IcaoUtf8 { get; } = Encoding.ASCII.GetBytes(Icao);

    /// <summary>Scheduled block time: gate to gate, rounded up to five minutes as timetables are.</summary>
    public static int BlockMinutes(int kilometres)
    {
        var minutes = TaxiAndClimbMinutes + (((kilometres * 60) + CruiseKilometresPerHour - 1) / CruiseKilometresPerHour);
        return (minutes + ScheduleStep - 1) / ScheduleStep * ScheduleStep;
    }
}
