using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AirportOps.Reference;
using AirportOps.Reference.Time;

namespace AirportOps.Simulator.Tests;

/// <summary>What the mess does, and that the ledger says so.</summary>
public sealed class MessTests
{
    private static readonly Lazy<MessyRun> Run = new(() => MessyRun.Of(100_000, seed: 1));

    private static readonly string[] Reasons =
    [
        "arrival_before_departure", "bad_bag_tag", "bad_checkpoint", "bad_event_id", "bad_event_time", "bad_flight_date", "bad_flight_number", "bad_phase",
        "bad_scan_point", "bad_service", "bad_status", "bad_wait_minutes", "conflicting_duplicate", "missing_airline", "missing_airport",
        "missing_bag_tag", "missing_checkpoint", "missing_destination", "missing_event_time", "missing_flight_number", "missing_origin", "missing_phase",
        "missing_scan_point", "missing_service", "missing_status", "missing_wait_minutes", "not_an_event", "not_json", "time_out_of_range", "too_large",
        "truncated", "unknown_airline", "unknown_airport", "unknown_type",
    ];

    private static readonly string[] WallFormats = ["yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm", "MM/dd/yyyy h:mm tt", "dd-MMM-yyyy HH:mm"];

    [Fact]
    public void Every_kind_happens_in_a_hundred_thousand_events()
    {
        var happened = Run.Value.Ledger.SelectMany(entry => entry.Mess).ToHashSet();

        Assert.Equal(SimulatorOptions.DefaultMessWeights.Keys.Order(), happened.Order());
    }

    [Fact]
    public void Every_reason_to_refuse_happens()
    {
        var weights = SimulatorOptions.DefaultMessWeights.Keys.Except(["missing_field", "bad_field"]).ToDictionary(kind => kind, _ => 0.0);
        var spoilt = MessyRun.Of(20_000, seed: 1, mess: 0.5, weights: weights).Ledger;

        Assert.Equal(Reasons, spoilt.Concat(Run.Value.Ledger).Where(entry => entry.Expect == "refused").Select(entry => entry.Reason!).Distinct().Order());
    }

    [Fact]
    public void The_share_of_events_with_something_done_to_them_is_the_one_asked_for()
    {
        var messed = Run.Value.Ledger.Count(entry => entry.Mess.Length > 0);

        Assert.InRange(messed, 28_500, 31_500);
    }

    [Fact]
    public void The_ledger_has_a_line_for_every_event_of_every_record()
    {
        var expected = Run.Value.Records.SelectMany((record, i) => Enumerable.Range(1, record.Events).Select(number => (i + 1L, number)));

        Assert.Equal(100_000, Run.Value.Ledger.Count);
        Assert.Equal(expected, Run.Value.Ledger.Select(entry => (entry.Record, entry.Event)));
    }

    [Fact]
    public void Records_are_never_empty_and_fit_on_a_line()
    {
        Assert.All(Run.Value.Records, record =>
            Assert.True(record.Data.Length > 0 && record.Data.AsSpan().IndexOfAny((byte)'\n', (byte)'\r') < 0));
    }

    [Fact]
    public void An_event_nothing_was_done_to_is_its_own_row()
    {
        foreach (var entry in Run.Value.Ledger.Where(entry => entry.Mess.Length == 0 && Run.Value.RecordOf(entry).Events == 1).Take(20_000))
        {
            var sent = JsonDocument.Parse(Run.Value.RecordOf(entry).Data).RootElement;
            var (type, row) = (sent.GetProperty("event_type").GetString(), entry.Row!.Value);
            Assert.Equal((entry.Expect, entry.Entity, entry.Repairs), ("row", $"{type}_event", null));
            Assert.All(sent.EnumerateObject().Where(property => property.Name != "event_type"), property =>
                Assert.Equal(Same(property.Value), Same(row.GetProperty(property.Name))));
            Assert.Equal(
                sent.EnumerateObject().Select(property => property.Name).Append("airport").Except(["event_type"]).Order(),
                row.EnumerateObject().Select(property => property.Name).Order());
        }

        // An instant's fraction has three digits on the way and six in the ledger.
        static string Same(JsonElement value) => value.ToString().Replace("000Z", "Z", StringComparison.Ordinal);
    }

    [Fact]
    public void Repairs_are_listed_once_each_in_the_order_of_their_bytes()
    {
        var lists = Run.Value.Ledger.Where(entry => entry.Repairs is not null).Select(entry => entry.Repairs!.Split(',')).ToList();

        Assert.All(lists, list => Assert.Equal(list.Distinct().Order(StringComparer.Ordinal), list));
        Assert.Contains(lists, list => list.Length > 2);
    }

    [Fact]
    public void What_comes_again_was_accepted_before_on_the_same_shard()
    {
        var accepted = new Dictionary<string, string>();
        var again = 0;
        foreach (var entry in Run.Value.Ledger)
        {
            var key = Run.Value.RecordOf(entry).Key;
            if (entry.Expect == "row")
            {
                Assert.True(accepted.TryAdd(entry.Id, key), entry.Id);
            }
            else if (entry.Expect == "duplicate" || entry.Reason == "conflicting_duplicate")
            {
                Assert.Equal(accepted[entry.Id], key);
                Assert.Equal(1, Run.Value.RecordOf(entry).Events);
                again++;
            }
        }

        Assert.InRange(again, 500, 2_000);
    }

    [Fact]
    public void A_duplicate_comes_in_the_same_bytes_or_in_others()
    {
        var first = Run.Value.Ledger.Where(entry => entry.Expect == "row").ToDictionary(entry => entry.Id, entry => Run.Value.RecordOf(entry).Data);

        var isSame = Run.Value.Ledger.Where(entry => entry.Expect == "duplicate")
            .Select(entry => first[entry.Id].AsSpan().SequenceEqual(Run.Value.RecordOf(entry).Data)).ToList();

        Assert.True(isSame.Count(same => same) > 100 && isSame.Count(same => !same) > 100);
    }

    [Fact]
    public void A_derived_id_is_the_hash_of_the_object()
    {
        var derived = Run.Value.Ledger
            .Where(entry => entry.Repairs?.Contains("derived_event_id", StringComparison.Ordinal) == true && Run.Value.RecordOf(entry).Events == 1)
            .ToList();

        Assert.All(derived, entry =>
        {
            var data = Run.Value.RecordOf(entry).Data;
            var json = data[0] == '"'
                ? Encoding.UTF8.GetBytes(JsonDocument.Parse(data).RootElement.GetString()!)
                : data[Array.IndexOf(data, (byte)'{')..];
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(json)[..16]), entry.Id);
        });
        Assert.Contains(derived, entry => entry.Mess.Contains("unwrapped"));
    }

    [Fact]
    public void A_local_time_leads_back_to_its_instant_when_clocks_change()
    {
        var run = MessyRun.Of(20_000, seed: 3, mess: 1, date: new DateOnly(2026, 11, 1), weights: MessyRun.Only("local_time"));
        var checkedTimes = 0;
        foreach (var entry in run.Ledger.Where(entry => entry.Repairs == "local_time"))
        {
            var sent = JsonDocument.Parse(run.RecordOf(entry).Data).RootElement;
            foreach (var property in sent.EnumerateObject())
            {
                if (property.Name is "event_time" or "scheduled_departure" or "scheduled_arrival"
                    && DateTime.TryParseExact(property.Value.GetString(), WallFormats, CultureInfo.InvariantCulture, default, out var wall))
                {
                    var at = property.Name switch { "scheduled_departure" => "origin", "scheduled_arrival" => "destination", _ => "airport" };
                    var clock = LocalClock.Find(ReferenceTables.Default.FindAirport(entry.Row!.Value.GetProperty(at).GetString()!)!.TimeZone)!;
                    var instant = clock.ToUtc((wall - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
                    Assert.Equal(entry.Row!.Value.GetProperty(property.Name).GetDateTime(), DateTime.UnixEpoch.AddMicroseconds(instant));
                    checkedTimes++;
                }
            }
        }

        Assert.True(checkedTimes > 1_000, $"{checkedTimes} times checked.");
    }

    [Fact]
    public void Late_events_come_after_younger_ones()
    {
        var run = MessyRun.Of(20_000, seed: 4, mess: 0.1, weights: MessyRun.Only("late"));
        var newest = "";
        foreach (var entry in run.Ledger)
        {
            var time = entry.Row!.Value.GetProperty("event_time").GetString()!;
            Assert.Equal(entry.Mess.Contains("late"), string.CompareOrdinal(time, newest[..Math.Min(newest.Length, 16)]) < 0);
            newest = string.CompareOrdinal(time, newest) > 0 ? time : newest;
        }
    }

    [Fact]
    public void Without_mess_every_event_is_a_row_without_repairs()
    {
        var run = MessyRun.Of(20_000, seed: 5, mess: 0);

        Assert.All(run.Ledger, entry => Assert.Equal(("row", null, 0, 1), (entry.Expect, entry.Repairs, entry.Mess.Length, entry.Event)));
    }

    [Fact]
    public void A_run_of_mess_only_still_has_the_events_asked_for()
    {
        Assert.Equal(30_000, MessyRun.Of(30_000, seed: 6, mess: 1).Ledger.Count);
        Assert.Equal(3, MessyRun.Of(3, seed: 6, mess: 1, weights: MessyRun.Only("unwrapped")).Records.Sum(record => record.Events));
    }

    [Fact]
    public void Weights_that_name_no_kind_or_are_no_number_are_faults()
    {
        var options = new SimulatorOptions
        {
            Events = 1,
            Date = new DateOnly(2026, 1, 1),
            MessWeights = new Dictionary<string, double> { ["mud"] = 1, ["late"] = -1, ["trimmed"] = double.NaN },
        };

        Assert.Equal(3, options.Faults().Count);
    }
}
