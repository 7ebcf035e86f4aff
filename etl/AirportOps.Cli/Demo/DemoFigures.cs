using AirportOps.Warehouse.Queries;

namespace AirportOps.Cli.Demo;

/// <summary>The questions the demo ends with.</summary>
internal static class DemoFigures
{
    /// <summary>The three days of real flights; simulated legs are dated around the day of the run.</summary>
    private const string RealDays = "flight_date BETWEEN '2015-01-01' AND '2015-01-03'";
    private const string SimulatedDays = "flight_date > '2015-01-03'";

    private static readonly (string Title, string Sql)[] Questions =
    [
        ("US domestic network, 1 to 3 January 2015: all legs",
            $"""
            SELECT COUNT(*) AS legs, SUM(CASE WHEN is_cancelled THEN 1 ELSE 0 END) AS cancelled, SUM(CASE WHEN is_diverted THEN 1 ELSE 0 END) AS diverted,
                   ROUND(AVG(CAST(arrival_delay_minutes AS DECIMAL(18,6))), 3) AS mean_arrival_delay_min,
                   ROUND(100 * AVG(CASE WHEN arrival_delay_minutes >= 15 THEN 1.0 WHEN arrival_delay_minutes IS NOT NULL THEN 0.0 END), 2) AS late_15_percent
            FROM gold.fact_flight WHERE {RealDays}
            """),
        ("Late share by airline: arrivals 15 minutes late or more",
            $"""
            SELECT airline_name AS airline, SUM(arrived) AS arrived,
                   ROUND(100.0 * SUM(arrivals_late_15) / NULLIF(SUM(arrived), 0), 1) AS late_percent,
                   ROUND(SUM(avg_arrival_delay_minutes * arrived) / NULLIF(SUM(arrived), 0), 1) AS mean_delay_min
            FROM bi.airline_delays_daily WHERE {RealDays} GROUP BY airline_name ORDER BY late_percent DESC LIMIT 5
            """),
        ("The most punctual airlines",
            $"""
            SELECT airline_name AS airline, SUM(arrived) AS arrived, ROUND(100.0 * SUM(arrivals_late_15) / NULLIF(SUM(arrived), 0), 1) AS late_percent
            FROM bi.airline_delays_daily WHERE {RealDays} GROUP BY airline_name ORDER BY late_percent LIMIT 3
            """),
        ("Worst routes of 15 flights or more, by mean arrival delay",
            $"""
            SELECT origin || '-' || destination AS route, COUNT(*) AS flights, ROUND(AVG(CAST(arrival_delay_minutes AS DECIMAL(18,6))), 1) AS mean_delay_min
            FROM gold.fact_flight WHERE {RealDays} GROUP BY origin, destination HAVING COUNT(arrival_delay_minutes) >= 15
            ORDER BY mean_delay_min DESC, route LIMIT 5
            """),
        ("Minutes of arrival delay by cause",
            $"""
            SELECT SUM(late_aircraft_minutes) AS late_aircraft, SUM(carrier_minutes) AS carrier, SUM(nas_minutes) AS nas,
                   SUM(weather_minutes) AS weather, SUM(security_minutes) AS security
            FROM gold.fact_flight WHERE {RealDays}
            """),
        ("Cancellations by cause",
            $"""
            SELECT cancellation_cause AS cause, COUNT(*) AS cancelled FROM gold.fact_flight WHERE is_cancelled AND {RealDays}
            GROUP BY cancellation_cause ORDER BY cancelled DESC, cause
            """),
        ("Airports with the most cancelled departures",
            $"""
            SELECT a.airport_name AS airport, COUNT(*) AS departures, SUM(CASE WHEN f.is_cancelled THEN 1 ELSE 0 END) AS cancelled
            FROM gold.fact_flight f JOIN gold.dim_airport a ON a.airport_key = f.origin_airport_key
            WHERE f.{RealDays} GROUP BY a.airport_name ORDER BY cancelled DESC, airport LIMIT 3
            """),
        ("The simulated day",
            $"""
            SELECT COUNT(*) AS legs, SUM(CASE WHEN is_cancelled THEN 1 ELSE 0 END) AS cancelled, SUM(CASE WHEN is_diverted THEN 1 ELSE 0 END) AS diverted,
                   ROUND(100 * AVG(CASE WHEN arrival_delay_minutes >= 15 THEN 1.0 WHEN arrival_delay_minutes IS NOT NULL THEN 0.0 END), 1) AS late_15_percent,
                   SUM(passengers) AS passengers, ROUND(100 * AVG(load_factor), 1) AS load_percent
            FROM gold.fact_flight WHERE {SimulatedDays}
            """),
        ("How passengers drive turnarounds on the simulated day: stays of up to six hours by passengers in and out",
            """
            SELECT passengers_from AS passengers, SUM(turnarounds) AS turnarounds,
                   ROUND(SUM(avg_turnaround_minutes * turnarounds) / SUM(turnarounds), 1) AS mean_minutes, MIN(min_turnaround_minutes) AS shortest
            FROM bi.turnaround_vs_passengers GROUP BY passengers_from ORDER BY passengers_from
            """),
        ("What lands next, of what is flying as of the newest complete event time",
            """
            SELECT as_of, airline || flight_number AS flight, origin || '-' || destination AS route, tail_number AS aircraft, expected_arrival
            FROM bi.live_flights WHERE status = 'departed' AND expected_arrival >= as_of ORDER BY expected_arrival, flight LIMIT 5
            """),
        ("In the air and at the gates, as of the newest complete event time",
            "SELECT as_of, status, COUNT(*) AS flights FROM bi.live_flights GROUP BY as_of, status ORDER BY status"),
        ("Longest routes flown on the simulated day",
            $"""
            SELECT f.origin || '-' || f.destination AS route, MAX(r.distance_km) AS km, COUNT(*) AS flights
            FROM gold.fact_flight f JOIN gold.dim_route r ON r.route_key = f.route_key
            WHERE f.{SimulatedDays} GROUP BY f.origin, f.destination ORDER BY km DESC, route LIMIT 3
            """),
    ];

    /// <summary>Asks all questions.</summary>
    internal static async Task<IReadOnlyList<DemoFigure>> AskAsync(QueryRunner query, CancellationToken cancellationToken)
    {
        var figures = new List<DemoFigure>();
        foreach (var (title, sql) in Questions)
        {
            await using var result = await query.RunAsync(sql, null, cancellationToken);
            var rows = new List<object?[]>();
            await foreach (var row in result.RowsAsync(cancellationToken))
            {
                rows.Add(row);
            }

            figures.Add(new DemoFigure(title, result.Columns, rows));
        }

        return figures;
    }
}
