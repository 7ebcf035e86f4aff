using Microsoft.Extensions.Logging;

namespace AirportOps.Warehouse;

/// <summary>What the warehouse says to its operator. Ids: 4000 the private cluster, 4100 migrations, 4200 loading, 4300 Gold, 4400 data tests.</summary>
internal static partial class Log
{
    [LoggerMessage(4001, LogLevel.Warning, "Installing PostgreSQL by apt-get, without a system cluster: the local warehouse needs its binaries.")]
    internal static partial void InstallingPostgres(ILogger logger);

    [LoggerMessage(4002, LogLevel.Information, "Created a private PostgreSQL cluster in {Home}.")]
    internal static partial void CreatedCluster(ILogger logger, string home);

    [LoggerMessage(4003, LogLevel.Warning, "Account {Account} can't enter {Directory}: the cluster lies in {Home} instead.")]
    internal static partial void ClusterElsewhere(ILogger logger, string account, string directory, string home);

    [LoggerMessage(4004, LogLevel.Debug, "Started the PostgreSQL server of {Home}.")]
    internal static partial void StartedServer(ILogger logger, string home);

    [LoggerMessage(4005, LogLevel.Debug, "Joined the running PostgreSQL server of {Home}.")]
    internal static partial void JoinedServer(ILogger logger, string home);

    [LoggerMessage(4006, LogLevel.Debug, "Stopped the PostgreSQL server of {Home}: its last user has left.")]
    internal static partial void StoppedServer(ILogger logger, string home);

    [LoggerMessage(4007, LogLevel.Warning, "The PostgreSQL server of {Home} did not stop; the next user takes it over. {Reason}")]
    internal static partial void ServerDidNotStop(ILogger logger, string home, string reason);

    [LoggerMessage(4008, LogLevel.Warning, "Restarting the PostgreSQL server of {Home}: {Reason}.")]
    internal static partial void RestartingServer(ILogger logger, string home, string reason);

    [LoggerMessage(4009, LogLevel.Warning, "The PostgreSQL server of {Home} is still there after 'pg_ctl stop -m {Mode}' ({Reason}); it is stopped harder.")]
    internal static partial void StopGoesOn(ILogger logger, string home, string mode, string reason);

    [LoggerMessage(4101, LogLevel.Information, "Applied {Script}: {Statements} statements in {Milliseconds} ms.")]
    internal static partial void AppliedScript(ILogger logger, string script, int statements, long milliseconds);

    [LoggerMessage(4102, LogLevel.Information, "Noted {Script} as applied without running it.")]
    internal static partial void AdoptedScript(ILogger logger, string script);

    [LoggerMessage(4201, LogLevel.Information, "Loaded {Windows} windows: {Rows} rows, {Duplicates} duplicates dropped.")]
    internal static partial void LoadedWindows(ILogger logger, int windows, long rows, long duplicates);

    [LoggerMessage(4203, LogLevel.Warning, "The Data API of {Location} commits a batch by itself, so a transaction goes one statement a call, which is slow.")]
    internal static partial void BatchesCommit(ILogger logger, string location);

    [LoggerMessage(4301, LogLevel.Information, "Built Gold {BuildNumber}: {Batches} batches, {Legs} legs, {Inserted} new, {Changed} changed, in {Milliseconds} ms.")]
    internal static partial void BuiltGold(ILogger logger, long buildNumber, long batches, long legs, long inserted, long changed, long milliseconds);

    [LoggerMessage(4302, LogLevel.Information, "Filled the dimensions from reference tables {Version}: {Airlines} airlines, {Airports} airports.")]
    internal static partial void FilledReference(ILogger logger, string version, int airlines, int airports);

    [LoggerMessage(4303, LogLevel.Warning, "Step {Step} of Gold fails ({Reason}): looking among {Keys} keys for those that make it fail.")]
    internal static partial void StepFails(ILogger logger, string step, string reason, long keys);

    [LoggerMessage(
        4304,
        LogLevel.Warning,
        "Set aside {Count} keys with their events and built the rest; the first is {Key} of {Entity}, with which {Step} fails ({Reason}). Found by {Trials} trial builds. "
        + "ops.key_set_aside lists them; after a fix './airportops gold retry' takes them up again.")]
    internal static partial void SetAside(ILogger logger, int count, string key, string entity, string step, string reason, int trials);

    [LoggerMessage(EventId = 4401, Message = "Data test {Test}: {Failures} rows fail, the first {Key}: {Detail}.")]
    internal static partial void FailingRows(ILogger logger, LogLevel level, string test, long failures, string key, string detail);
}
