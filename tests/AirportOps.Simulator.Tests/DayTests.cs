using System.Globalization;
using System.Text;
using AirportOps.Simulator.Day;

namespace AirportOps.Simulator.Tests;

/// <summary>What can't happen at an airport, doesn't.</summary>
public sealed class DayTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Events_come_in_order_of_time_and_no_two_are_the_same(ulong seed)
    {
        var events = Days.Run(seed);

        Assert.Equal(events.Select(e => e.Time).Order(), events.Select(e => e.Time));
        Assert.Equal(events.Count, events.Select(e => e.Sequence).Distinct().Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_leg_goes_through_its_statuses_in_order(ulong seed)
    {
        var legs = Days.Flights(Days.Run(seed)).GroupBy(flight => flight.Leg.Key).ToList();

        Assert.All(legs, leg => Assert.Matches(
            "^S(C|(D|B)*|D*BD*P|D*BD*P(A|V))$",
            string.Concat(leg.Select(flight => "SBDPACV"[(int)flight.Status]))));
        Assert.All(legs, leg => Assert.True(leg.Count(flight => flight.Status == FlightStatus.Boarding) <= 1));
    }

    [Fact]
    public void Every_status_service_and_scan_point_occurs()
    {
        var details = Days.Run(1, aircraft: 200).GroupBy(e => e.Type).ToDictionary(type => type.Key, type => type.Select(e => e.Detail).Distinct().Count());

        Assert.Equal(Enum.GetValues<FlightStatus>().Length, details[EventType.Flight]);
        Assert.Equal(Enum.GetValues<GroundService>().Length, details[EventType.Ground]);
        Assert.Equal(Enum.GetValues<ScanPoint>().Length, details[EventType.Baggage]);
    }

    [Theory]
    [InlineData(1, "2026-03-09")]
    [InlineData(2, "2026-03-30")]
    [InlineData(3, "2026-10-26")]
    [InlineData(4, "2026-11-02")]
    public void The_identity_of_a_leg_is_its_own_when_clocks_change(ulong seed, string dayAfter)
    {
        var flights = Days.Flights(Days.Run(seed, days: 3, date: DateOnly.Parse(dayAfter, CultureInfo.InvariantCulture))).ToList();

        Assert.Equal(flights.Select(flight => flight.Leg).Distinct().Count(), flights.Select(flight => flight.Leg.Key).Distinct().Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void An_aircraft_leaves_from_where_it_landed_and_never_before(ulong seed)
    {
        foreach (var legs in Days.Departed(Days.Run(seed, days: 3)).GroupBy(leg => leg.Aircraft.Ordinal))
        {
            foreach (var (inbound, outbound) in legs.Zip(legs.Skip(1)))
            {
                Assert.True(inbound.ActualOn < outbound.ActualOff, $"{inbound.Key} lands after {outbound.Key} leaves.");
                Assert.True(inbound.Outcome == LegOutcome.Diverted || inbound.Line.Destination == outbound.Line.Origin, $"{inbound.Key} then {outbound.Key}");
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_two_aircraft_stand_at_a_gate(ulong seed)
    {
        var stays = Days.Run(seed, aircraft: 200).Where(e => e.Type == EventType.Ground).Select(e => (Stay)e.Subject).Distinct().ToList();

        Assert.All(stays, stay => Assert.True(stay.Inbound is null || stay.Inbound.ActualOn == stay.On));
        foreach (var gate in stays.GroupBy(stay => stay.Gate))
        {
            var inOrder = gate.OrderBy(stay => stay.On).ToList();
            Assert.All(inOrder.Zip(inOrder.Skip(1)), pair => Assert.True(
                pair.First.Outbound.ActualOff < pair.Second.On,
                $"{pair.First.Outbound.Key} and {pair.Second.Outbound.Key} at {pair.First.At.Code}"));
        }

        Assert.All(
            stays.GroupBy(stay => (stay.At.Code, Encoding.ASCII.GetString(stay.Gate.Name))),
            gates => Assert.Single(gates.Select(stay => stay.Gate).Distinct()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Times_of_a_leg_are_ordered_and_its_passengers_have_seats(ulong seed)
    {
        Assert.All(Days.Departed(Days.Run(seed)), leg =>
        {
            Assert.True(leg.ScheduledOff < leg.ScheduledOn && leg.ActualOff < leg.ActualOn, leg.Key);
            Assert.InRange(leg.DepartureDelay, -10, 1_000);
            Assert.InRange(leg.Passengers, 1, leg.Aircraft.Model.Seats);
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Cause_minutes_add_up_to_the_arrival_delay_from_fifteen_minutes_on(ulong seed)
    {
        var arrived = Days.Flights(Days.Run(seed)).Where(flight => flight.Status == FlightStatus.Arrived).Select(flight => flight.Leg).ToList();

        Assert.All(arrived, leg => Assert.Equal(leg.ArrivalDelay >= 15 ? leg.ArrivalDelay : 0, leg.CauseMinutes.Sum()));
        Assert.All(arrived, leg => Assert.All(leg.CauseMinutes, minutes => Assert.InRange(minutes, 0, 2_880)));
        Assert.InRange(arrived.Count(leg => leg.ArrivalDelay >= 15) * 100 / arrived.Count, 5, 45);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_late_inbound_makes_a_late_outbound_when_the_ground_time_is_short(ulong seed)
    {
        var stays = Days.Run(seed, days: 3).Where(e => e.Type == EventType.Ground).Select(e => (Stay)e.Subject).Distinct()
            .Where(stay => stay.Inbound is not null).ToList();
        var squeezed = stays.Where(stay => stay.Inbound!.ActualOn > stay.Outbound.ScheduledOff - (25 * SimClock.Minute)).ToList();

        Assert.NotEmpty(squeezed);
        Assert.All(squeezed, stay => Assert.True(stay.Outbound.DepartureDelay > 0, stay.Outbound.Key));
        Assert.All(stays, stay => Assert.True(
            stay.Inbound!.ActualOn + (20 * SimClock.Minute) <= stay.Outbound.ActualOff, stay.Outbound.Key));
    }

    [Fact]
    public void More_passengers_take_longer_to_leave_and_to_board()
    {
        var events = Days.Run(1).Where(e => e.Type == EventType.Ground && e.Detail == (byte)GroundService.Boarding).GroupBy(e => (Stay)e.Subject);
        var boardings = events.Where(pair => pair.Count() == 2 && pair.Key.Outbound.Aircraft.Model.Icao == "A320")
            .Select(pair => (Minutes: pair.Max(e => e.Time) - pair.Min(e => e.Time), pair.Key.Outbound.Passengers)).OrderBy(b => b.Passengers).ToList();

        Assert.True(boardings.Count > 20);
        Assert.Equal(boardings.Select(boarding => boarding.Minutes).Order(), boardings.Select(boarding => boarding.Minutes));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Services_of_a_stay_lie_between_blocks_on_and_blocks_off(ulong seed)
    {
        var stays = Days.Run(seed).Where(e => e.Type == EventType.Ground).GroupBy(e => (Stay)e.Subject);

        Assert.All(stays, stay => Assert.All(stay, e =>
        {
            var afterOff = e.Time - stay.Key.Outbound.ActualOff;
            Assert.True(e.Detail == (byte)GroundService.Pushback ? afterOff >= 0 : afterOff <= 0, $"{stay.Key.Outbound.Key} {(GroundService)e.Detail}");
            Assert.True(stay.Key.Inbound is null || e.Time > stay.Key.Inbound.ActualOn, $"{stay.Key.Outbound.Key} {(GroundService)e.Detail}");
        }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Bags_are_checked_in_before_they_are_loaded_and_loaded_before_the_departure(ulong seed)
    {
        var bags = Days.Run(seed).Where(e => e.Type == EventType.Baggage).GroupBy(e => e.Value).ToList();

        Assert.All(bags, bag => Assert.Matches("^0(1|12|125|123|1234|1235|15)?$", string.Concat(bag.Select(scan => scan.Detail))));
        Assert.All(bags.SelectMany(bag => bag).Where(scan => scan.Detail == (byte)ScanPoint.Loaded), scan =>
            Assert.True(scan.Time < ((Leg)scan.Subject).ActualOff));
        Assert.All(bags.SelectMany(bag => bag).Where(scan => scan.Detail == (byte)ScanPoint.Unloaded), scan =>
            Assert.True(scan.Time > ((Leg)scan.Subject).ActualOn));
        Assert.All(bags, bag => Assert.Single(bag.Select(scan => scan.Subject).Distinct()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Queues_balance(ulong seed)
    {
        var readings = Days.Run(seed).Where(e => e.Type == EventType.Security).Select(e => (Reading)e.Subject).GroupBy(reading => reading.At).ToList();

        foreach (var checkpoint in readings)
        {
            var queue = 0;
            foreach (var reading in checkpoint)
            {
                Assert.Equal(queue + reading.Arrived, reading.Screened + reading.Queue);
                Assert.InRange(reading.WaitTenths, 0, 6_000);
                Assert.InRange(reading.Screened, 0, reading.Lanes * Checkpoint.PerLane);
                queue = reading.Queue;
            }
        }

        Assert.Contains(readings.SelectMany(checkpoint => checkpoint), reading => reading.Queue > 0);
    }

    [Fact]
    public void Every_event_lies_on_the_days_of_the_run()
    {
        var events = Days.Run(1, days: 2);

        Assert.InRange(events.Min(e => e.Time), SimClock.StartOf(Days.Date) - SimClock.Day, SimClock.StartOf(Days.Date));
        Assert.InRange(events.Max(e => e.Time), SimClock.StartOf(Days.Date) + (23 * SimClock.Hour), SimClock.StartOf(Days.Date) + SimClock.Day - 1);
    }
}
