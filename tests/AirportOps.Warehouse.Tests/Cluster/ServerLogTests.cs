using AirportOps.Warehouse.Cluster;

namespace AirportOps.Warehouse.Tests.Cluster;

public sealed class ServerLogTests : IDisposable
{
    private const string Prefix = "2026-03-01 12:00:00.000 UTC [71] ";

    private readonly DirectoryInfo _folder = TestFolder.Create();

    [Theory]
    [InlineData(true, "LOG:  starting PostgreSQL 15", "LOG:  received fast shutdown request", "LOG:  database system is shut down")]
    [InlineData(true, "LOG:  starting PostgreSQL 15", "LOG:  database system was interrupted")]
    [InlineData(true, "LOG:  starting PostgreSQL 15", "FATAL:  the database system is starting up", "LOG:  received immediate shutdown request")]
    [InlineData(true, "LOG:  startup process (PID 72) was terminated by signal 9: Killed", "LOG:  aborting startup due to startup process failure")]
    [InlineData(false, "LOG:  starting PostgreSQL 15", "PANIC:  could not locate a valid checkpoint record", "LOG:  database system is shut down")]
    [InlineData(false, "FATAL:  data directory \"data\" has invalid permissions", "LOG:  database system is shut down")]
    [InlineData(false, "postgres: error while loading shared libraries: libssl.so.3: cannot open shared object file")]
    [InlineData(true)]
    public void A_server_that_names_no_fault_was_ended_by_somebody(bool expected, params string[] lines)
    {
        var path = Path.Combine(_folder.FullName, "server.log");
        File.WriteAllText(path, $"{Prefix}PANIC:  of an earlier server\n");
        var log = new ServerLog(path);

        File.AppendAllLines(path, lines.Select(line => line.StartsWith("postgres", StringComparison.Ordinal) ? line : Prefix + line));

        Assert.Equal(expected, log.HasEndedWithoutFault());
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
