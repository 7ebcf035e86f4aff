using System.Globalization;
using System.Text;
using AirportOps.Reference;
using AirportOps.Simulator.Day;

namespace AirportOps.Simulator.Network;

/// <summary>The stations and the fleet of a run. Made anew for every run, because gates and queues live in its stations.</summary>
internal sealed class FlightNetwork
{
    /// <summary>The largest fleet: what 16 bases can stand side by side.</summary>
    public const int MaxAircraft = 2_000;

    private const int MinAircraft = 4;
    private const int AircraftPerBase = 20;
    private const int MinBases = 2;
    private const int ShortestKilometres = 250;
    private const int LongestKilometres = 3_400;
    private const int WideEvery = 9;
    private const int OceanTurnMinutes = 125;
    private const long TurnStep = 5 * SimClock.Minute;
    private const int FirstOffMinute = 330;
    private const int LastOnMinute = 23 * 60 + 30;
    private const int LastSpokeOffMinute = 22 * 60;
    private const int LongestCycleMinutes = 21 * 60;
    private const int SuffixPerMillion = 8_000;

    private static readonly string[] UnitedStates =
    [
        "ATL", "DFW", "ORD", "DEN", "JFK", "LAX", "SFO", "SEA", "LAS", "MCO", "MIA", "CLT", "PHX", "IAH", "BOS", "MSP", "DTW", "PHL", "LGA", "BWI",
        "SLC", "DCA", "SAN", "TPA", "PDX", "STL", "BNA", "AUS", "MCI", "RDU", "CLE", "IND", "PIT", "CVG", "CMH", "MSY", "SJC", "SMF", "SNA", "JAX",
        "RSW", "FLL", "MKE", "OAK", "SAT", "ABQ", "OMA", "BUF", "RIC", "ORF", "TUS", "OKC", "MEM", "SDF", "BOI", "EWR",
    ];

    private static readonly string[] Europe =
    [
        "LHR", "CDG", "AMS", "FRA", "MAD", "BCN", "MUC", "FCO", "LGW", "DUB", "ZRH", "CPH", "OSL", "ARN", "VIE", "BRU", "LIS", "MAN", "ATH", "HEL",
        "WAW", "PRG", "BUD", "MXP", "LIN", "DUS", "HAM", "TXL", "STR", "GVA", "NCE", "LYS", "MRS", "TLS", "VLC", "AGP", "PMI", "ALC", "OPO", "EDI",
        "GLA", "BHX", "NAP", "VCE", "BLQ", "CTA", "OTP", "SOF", "KRK", "GOT", "BGO",
    ];

    private readonly ReferenceTables _tables;
    private readonly SpellingBook _spellings;
    private readonly ulong _seed;
    private readonly Dictionary<string, Station> _stations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Carrier> _carriers = new(StringComparer.Ordinal);
    private readonly List<Station> _order = [];

    private FlightNetwork(ReferenceTables tables, ulong seed)
    {
        _tables = tables;
        _spellings = new SpellingBook(tables);
        _seed = seed;
    }

    /// <summary>In the order they joined.</summary>
    public IReadOnlyList<Station> Stations => _order;

    public IReadOnlyList<Aircraft> Fleet { get; private set; } = [];

    /// <summary>A network of a size.</summary>
    /// <param name="tables">Where airports stand.</param>
    /// <param name="aircraft">How many aircraft; kept within 4 and <see cref="MaxAircraft"/>.</param>
    /// <param name="seed">The run's seed.</param>
    public static FlightNetwork Build(ReferenceTables tables, int aircraft, ulong seed)
    {
        var network = new FlightNetwork(tables, seed);
        aircraft = Math.Clamp(aircraft, MinAircraft, MaxAircraft);
        var bases = Base.All[..Math.Clamp((aircraft + AircraftPerBase - 1) / AircraftPerBase, MinBases, Base.All.Length)];
        foreach (var home in bases)
        {
            network.StationOf(home.Hub);
        }

        var aircraftPerBase = (aircraft + bases.Length - 1) / bases.Length;
        network.Fleet = [.. Enumerable.Range(0, aircraft).Select(ordinal => network.MakeAircraft(ordinal, bases, aircraftPerBase))];
        return network;
    }

    private Aircraft MakeAircraft(int ordinal, Base[] bases, int aircraftPerBase)
    {
        var home = bases[ordinal % bases.Length];
        var rank = ordinal / bases.Length;
        var luck = SplitMix.For(_seed, (ulong)ordinal, 0xA1);
        var hub = StationOf(home.Hub);
        var overseas = rank % WideEvery == WideEvery - 1 ? Overseas(home, hub, bases) : [];
        var model = luck.Pick<AircraftModel>(overseas.Length > 0 ? AircraftModel.Wide : AircraftModel.Narrow);
        LineLeg[] line = overseas.Length > 0
            ? OceanLine(home, hub, model, luck.Pick<Station>(overseas), luck)
            : ShortLine(home, hub, model, Spokes(home, hub, Math.Clamp(6 + (aircraftPerBase / 2), 8, 45)), luck);
        return new Aircraft(ordinal, Encoding.ASCII.GetBytes(TailOf(home, rank)), model, hub, line);
    }

    /// <summary>American tails end in a letter of the airline and one of the base (<c>N101DA</c>); European ones in three that count.</summary>
    private static string TailOf(Base home, int rank)
    {
        if (home.TailPrefix == "N")
        {
            return string.Create(CultureInfo.InvariantCulture, $"N{101 + rank}{home.Airline[0]}{home.Hub[0]}");
        }

        const int letters = 26;
        return $"{home.TailPrefix}{Letter(rank / letters / letters)}{Letter(rank / letters % letters)}{Letter(rank % letters)}";

        static char Letter(int value) => (char)('A' + value);
    }

    private LineLeg[] ShortLine(Base home, Station hub, AircraftModel model, Station[] spokes, SplitMix luck)
    {
        var legs = new List<LineLeg>();
        var minute = FirstOffMinute + (luck.Below(30) * 5);
        while (true)
        {
            var spoke = luck.Pick<Station>(spokes);
            var block = AircraftModel.BlockMinutes(Kilometres(hub, spoke));
            var (demandOut, demandBack) = (Demand(model, luck), Demand(model, luck));
            var off = legs.Count == 0 ? minute : minute + TurnMinutes(model, legs[^1].Demand, demandOut, block) + (luck.Below(3) * 5);
            var back = off + block + TurnMinutes(model, demandOut, demandBack, block) + (luck.Below(2) * 5);
            if (back > LastSpokeOffMinute || back + block > LastOnMinute)
            {
                return [.. legs];
            }

            AddPair(legs, home, (hub, spoke), (off, demandOut), (back, demandBack), block, luck);
            minute = back + block;
        }
    }

    /// <summary>Some flights are always fuller than others.</summary>
    private static int Demand(AircraftModel model, SplitMix luck) => model.Seats * luck.Between(60, 95) / 100;

    /// <summary>A timetable leaves the time that the usual passengers take, to the next five minutes.</summary>
    private static int TurnMinutes(AircraftModel model, int demandIn, int demandOut, int block) =>
        (int)((new GroundWork(model, demandIn, demandOut, block).UntilReady + TurnStep - 1) / TurnStep * TurnStep / SimClock.Minute);

    /// <summary>The other continent's hubs near enough for going and coming within a day.</summary>
    private Station[] Overseas(Base home, Station hub, Base[] bases) =>
    [
        .. bases.Where(other => other.Region != home.Region).Select(other => StationOf(other.Hub)).Distinct()
            .Where(station => 2 * (AircraftModel.BlockMinutes(Kilometres(hub, station)) + OceanTurnMinutes) <= LongestCycleMinutes),
    ];

    /// <summary>One ocean crossing and back, out in the evening from America and at midday from Europe.</summary>
    private LineLeg[] OceanLine(Base home, Station hub, AircraftModel model, Station there, SplitMix luck)
    {
        var legs = new List<LineLeg>();
        var block = AircraftModel.BlockMinutes(Kilometres(hub, there));
        var off = (home.Region == Region.UnitedStates ? 17 * 60 : 10 * 60) + (luck.Below(36) * 5);
        var (demandOut, demandBack) = (Demand(model, luck), Demand(model, luck));
        AddPair(legs, home, (hub, there), (off, demandOut), (off + block + OceanTurnMinutes, demandBack), block, luck);
        return [.. legs];
    }

    private void AddPair(
        List<LineLeg> legs,
        Base home,
        (Station Hub, Station There) between,
        (int Minute, int Demand) off,
        (int Minute, int Demand) back,
        int block,
        SplitMix luck)
    {
        var airline = CarrierOf(home.Airline);
        var number = airline.NextNumber;
        airline.NextNumber += 2;
        var suffix = luck.PerMillion(SuffixPerMillion) ? (byte)('A' + luck.Below(4)) : (byte)0;
        legs.Add(new LineLeg(airline, number, suffix, between.Hub, between.There, off.Minute, block, off.Demand));
        legs.Add(new LineLeg(airline, number + 1, suffix, between.There, between.Hub, back.Minute, block, back.Demand));
    }

    private Station[] Spokes(Base home, Station hub, int count) =>
    [
        .. (home.Region == Region.UnitedStates ? UnitedStates : Europe)
            .Select(code => _tables.FindAirport(code) ?? throw new InvalidOperationException($"The reference tables have no airport {code}."))
            .Where(airport => Kilometres(hub.Airport, airport) is >= ShortestKilometres and <= LongestKilometres)
            .Take(count)
            .Select(airport => StationOf(airport.Iata)),
    ];

    private Carrier CarrierOf(string code)
    {
        if (!_carriers.TryGetValue(code, out var carrier))
        {
            carrier = new Carrier(code, _spellings.OfAirline(code));
            _carriers.Add(code, carrier);
        }

        return carrier;
    }

    private Station StationOf(string code)
    {
        if (!_stations.TryGetValue(code, out var station))
        {
            var airport = _tables.FindAirport(code) ?? throw new InvalidOperationException($"The reference tables have no airport {code}.");
            station = new Station(airport, _spellings.Of(airport), _order.Count, Array.Exists(Base.All, home => home.Hub == code));
            _stations.Add(code, station);
            _order.Add(station);
        }

        return station;
    }

    private static int Kilometres(Station from, Station to) => Kilometres(from.Airport, to.Airport);

    private static int Kilometres(Airport from, Airport to) =>
        GreatCircle.Kilometres(from.Latitude, from.Longitude, to.Latitude, to.Longitude);
}
