using AirportOps.Reliability;
using Npgsql;

namespace AirportOps.Warehouse.Tests;

public sealed class PostgresUriTests
{
    [Theory]
    [InlineData("postgres://me:p%40ss@db.example:6000/ops?sslmode=verify-full&Timeout=5", "db.example|6000|ops|me|p@ss|VerifyFull|5")]
    [InlineData("postgresql://me@localhost/ops", "localhost|5432|ops|me||Prefer|15")]
    public void An_address_is_read_as_psql_reads_it(string place, string expected)
    {
        var settings = new NpgsqlConnectionStringBuilder(PostgresUri.ToConnectionString(place));

        Assert.Equal(
            expected,
            $"{settings.Host}|{settings.Port}|{settings.Database}|{settings.Username}|{settings.Password}|{settings.SslMode}|{settings.Timeout}");
    }

    [Theory]
    [InlineData("mysql://me:secret@host/ops")]
    [InlineData("host=localhost;password=secret")]
    [InlineData("postgres://me:secret@host/ops?nonsense=1")]
    public void Another_address_is_refused_without_its_password(string place) =>
        Assert.DoesNotContain("secret", Assert.Throws<UsageException>(() => PostgresUri.ToConnectionString(place)).Message, StringComparison.Ordinal);
}
