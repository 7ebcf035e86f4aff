using AirportOps.Aws.Redshift;
using AirportOps.Reliability;

namespace AirportOps.Aws.Tests.Redshift;

public sealed class RedshiftPlaceTests
{
    [Fact]
    public void A_workgroup_and_a_database_are_enough()
    {
        var place = RedshiftPlace.Parse("redshift://airport/dev");

        Assert.Equal(("airport", null, "dev", RedshiftRoute.DataApi), (place.Workgroup, place.Cluster, place.Database, place.Route));
        Assert.Equal(("redshift://airport/dev", "workgroup airport"), (place.Location, place.Resource));
    }

    [Fact]
    public void A_cluster_is_named_by_an_option_and_a_database_user_with_it()
    {
        var place = RedshiftPlace.Parse("redshift:///dev?cluster=big-one&dbuser=loader");

        Assert.Equal((null, "big-one", "dev", "loader"), (place.Workgroup, place.Cluster, place.Database, place.DbUser));
        Assert.Equal(("redshift:///dev?cluster=big-one", "cluster big-one"), (place.Location, place.Resource));
    }

    [Fact]
    public void Npgsql_takes_host_port_certificate_and_a_secret()
    {
        var place = RedshiftPlace.Parse("redshift://airport/dev?via=npgsql&host=h.example&port=5440&sslrootcert=%2Fetc%2Fbundle.pem&secret=arn:aws:secretsmanager:eu-west-1:1:secret:x%2Fy-1");

        Assert.Equal(
            (RedshiftRoute.Npgsql, "h.example", 5440, "/etc/bundle.pem", "arn:aws:secretsmanager:eu-west-1:1:secret:x/y-1", false),
            (place.Route, place.Host, place.Port, place.RootCertificate, place.Secret, place.IsPlain));
    }

    [Theory]
    [InlineData("redshift:airport/dev", "is no such place")]
    [InlineData("redshift://airport", "names no database")]
    [InlineData("redshift://airport/", "names no database")]
    [InlineData("redshift:///dev", "names neither a workgroup nor a cluster")]
    [InlineData("redshift://airport/dev?cluster=big", "names both a workgroup and a cluster")]
    [InlineData("redshift://air port/dev", "'air port' can't be a workgroup")]
    [InlineData("redshift://airport/dev;drop", "'dev;drop' can't be a database")]
    [InlineData("redshift://airport/dev?via=jdbc", "via=jdbc is none; expected dataapi or npgsql")]
    [InlineData("redshift://airport/dev?vai=npgsql", "'vai' is no option; expected via, cluster, dbuser")]
    [InlineData("redshift://airport/dev?secret=", "secret has no value")]
    [InlineData("redshift://airport/dev?via=npgsql&port=0", "port=0 is none; expected 1 to 65535")]
    [InlineData("redshift://airport/dev?host=h", "host is for via=npgsql")]
    [InlineData("redshift://airport/dev?dbuser=u", "dbuser goes with a cluster")]
    [InlineData("redshift:///dev?cluster=c&dbuser=u&secret=s", "dbuser and secret are two ways")]
    [InlineData("redshift:///dev?cluster=c&via=npgsql", "a cluster by npgsql needs its host")]
    [InlineData("redshift://airport/dev?via=npgsql&host=h.example&sslmode=disable", "sslmode=disable is for this very machine")]
    [InlineData("redshift://airport/dev?via=npgsql&host=127.0.0.1&sslmode=require", "sslmode=require is not offered")]
    public void What_can_not_be_read_is_told_by_its_part(string uri, string expected)
    {
        var wrong = Assert.Throws<UsageException>(() => RedshiftPlace.Parse(uri));

        Assert.Contains(expected, wrong.Message, StringComparison.Ordinal);
        Assert.EndsWith("Expected redshift://WORKGROUP/DATABASE or redshift:///DATABASE?cluster=ID, then ?via=…&secret=… and so on.", wrong.Message, StringComparison.Ordinal);
    }
}
