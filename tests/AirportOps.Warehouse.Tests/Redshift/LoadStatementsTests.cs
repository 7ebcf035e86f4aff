using System.Text;
using AirportOps.Cleaning;
using AirportOps.Pipeline.Windows;
using AirportOps.Warehouse.Redshift;
using AirportOps.Warehouse.Sql;

namespace AirportOps.Warehouse.Tests.Redshift;

public sealed class LoadStatementsTests
{
    private const string Columns = "event_id, event_time, arrived, source, airport, terminal, checkpoint, wait_minutes, queue_length, lanes_open, passengers_screened, extras, repairs, shard, sequence";

    private static readonly WindowId Window = new("events", "shard-0", 7);

    [Fact]
    public void A_window_lands_loses_what_staging_has_and_goes_on_with_its_batch() =>
        Assert.Equal(
            [
                "CREATE TEMP TABLE landing_security_event_7 (LIKE staging.security_event)",
                $"COPY landing_security_event_7 ({Columns}) FROM 's3://b/p/x.manifest' IAM_ROLE 'arn:aws:iam::1:role/r' FORMAT AS PARQUET MANIFEST FILLRECORD",
                "DELETE FROM landing_security_event_7 WHERE event_id IN (SELECT event_id FROM staging.security_event)",
                $"INSERT INTO staging.security_event ({Columns}, batch_id) SELECT {Columns}, 'events/shard-0/000000000007' FROM landing_security_event_7 WHERE NOT EXISTS (SELECT 1 FROM ops.load_batch b WHERE b.batch_id = 'events/shard-0/000000000007')",
            ],
            new LoadStatements("arn:aws:iam::1:role/r").Entity(Window, Entity.SecurityEvent, "s3://b/p/x.manifest", replacesFrom: 0));

    [Fact]
    public void The_warehouses_own_role_is_a_word() =>
        Assert.Contains(" IAM_ROLE default FORMAT ", new LoadStatements("default").Entity(Window, Entity.GroundEvent, "s3://b/x", replacesFrom: 0).ElementAt(1), StringComparison.Ordinal);

    [Fact]
    public void A_manifest_names_every_file_as_mandatory_with_its_exact_size() =>
        Assert.Equal(
            """{"entries":[{"url":"s3://b/p/silver/a.parquet","mandatory":true,"meta":{"content_length":10}},{"url":"s3://b/p/silver/b.parquet","mandatory":true,"meta":{"content_length":5000000000}}]}""",
            Encoding.UTF8.GetString(CopyManifest.Write("s3://b/p", [File("silver/a.parquet", 10), File("silver/b.parquet", 5_000_000_000)])));

    [Fact]
    public void A_manifest_names_no_file_twice_and_at_least_one()
    {
        Assert.Throws<ArgumentException>(() => CopyManifest.Write("s3://b", [File("a", 1), File("a", 1)]));
        Assert.Throws<ArgumentException>(() => CopyManifest.Write("s3://b", []));
    }

    [Theory]
    [InlineData("it's", "'it''s'")]
    [InlineData("", "''")]
    [InlineData("é ? $1 :a -- ;", "'é ? $1 :a -- ;'")]
    public void Text_stands_in_quotes_with_those_inside_doubled(string text, string expected) => Assert.Equal(expected, SqlText.Quote(text));

    [Theory]
    [InlineData("a\\'; DROP TABLE t; --")]
    [InlineData("a\0")]
    [InlineData("a\nb")]
    public void What_the_engines_read_differently_is_refused(string text) => Assert.Throws<ArgumentException>(() => SqlText.Quote(text));

    private static WindowFile File(string key, long bytes) => new("flight_event", new DateOnly(2026, 3, 1), key, 1, bytes, []);
}
