using System.Globalization;
using AirportOps.Reliability;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AirportOps.Warehouse.Cluster;

/// <summary>The server of a private cluster. Who calls holds the cluster's start lock: one process at a time creates, starts and stops.</summary>
internal sealed partial class Server(ClusterHome home, ServerAccount account, PostgresBinaries binaries, LocalClusterOptions options, ILogger logger)
{
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMilliseconds(250);

    // What pg_ctl says of a server that it could start and that has ended.
    private const string SeeTheLog = "Examine the log output";

    // A backend ends within milliseconds of its server, unless it computes.
    private static readonly TimeSpan OrphansEndWithin = TimeSpan.FromSeconds(1);

    private PostmasterPid? Running => PostmasterPid.TryReadRunning(home.Data);

    /// <summary>Returns when the server answers and has the warehouse's database.</summary>
    /// <remarks>
    /// It is started if it is down, again if somebody ends it meanwhile, waited for while it recovers, and ended and started again where it hangs: where it has neither answered nor gone on with its
    /// recovery for a while, or can't be reached any more because somebody has removed its socket.
    /// </remarks>
    internal async Task EnsureRunningAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.StartTimeout, options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var log = new ServerLog(home.ServerLog);
        try
        {
            var isJoined = true;
            var lastSign = options.Clock.GetTimestamp();
            var poll = ShortestPoll;
            while (!await AnswersAsync(either.Token).ConfigureAwait(false))
            {
                if (Running is null)
                {
                    log = await StartAsync(either.Token).ConfigureAwait(false);
                    isJoined = false;
                    lastSign = options.Clock.GetTimestamp();
                }
                else if (log.HasProgressed())
                {
                    lastSign = options.Clock.GetTimestamp();
                }

                var hasLostItsSocket = Running is { IsReady: true } && !File.Exists(home.Socket);
                if (hasLostItsSocket || options.Clock.GetElapsedTime(lastSign) > options.HangTimeout)
                {
                    Log.RestartingServer(logger, home.Folder, hasLostItsSocket ? "its socket is gone" : "it neither answers nor recovers");
                    await EndAsync(hasLostItsSocket ? StopMode.Fast : StopMode.Immediate, either.Token).ConfigureAwait(false);
                    continue;
                }

                await Task.Delay(poll, options.Clock, either.Token).ConfigureAwait(false);
                poll = poll * 1.5 < LongestPoll ? poll * 1.5 : LongestPoll;
            }

            if (isJoined)
            {
                Log.JoinedServer(logger, home.Folder);
            }
            else
            {
                Log.StartedServer(logger, home.Folder);
            }
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Failure($"did not answer within {options.StartTimeout.TotalSeconds:0} s", log, "it does not say why; try again", Fault.Outside);
        }
    }

    /// <summary>Starts the server, which is down.</summary>
    /// <returns>What it logs from then on.</returns>
    private async Task<ServerLog> StartAsync(CancellationToken cancellationToken)
    {
        await ServerProcesses.EndOrphansAsync(home.Data, OrphansEndWithin, options.StopTimeout, options.Clock, cancellationToken).ConfigureAwait(false);
        // Left by a crash. Where their process id is another program's by now, or a dead process that nobody has buried, PostgreSQL would refuse to start.
        foreach (var left in new[] { PostmasterPid.PathIn(home.Data), home.Socket, home.Socket + ".lock" })
        {
            File.Delete(left);
        }

        ServerLog.RotateIfLarge(home.ServerLog);
        await account.OwnAsync(home.ServerLog, cancellationToken).ConfigureAwait(false);
        await WriteAsync(home.Data, ServerSettings.SocketFile, ServerSettings.Socket(home.SocketFolder), cancellationToken).ConfigureAwait(false);

        // pg_ctl puts the server into a session of its own, so that a terminal's Ctrl-C does not reach it. Its shell sees relative paths
        // only, whatever characters the home has. A cancelled start ends first: then its server is known and whoever cancelled can stop it.
        var log = new ServerLog(home.ServerLog);
        var started = await account.RunAsync(
            [binaries.PgCtl, "start", "-D", "data", "-l", "server.log", "-w", "-t", Seconds(options.HangTimeout), "-s"], home.Folder, CancellationToken.None)
            .ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();

        // Somebody killed while starting one may have left it about to run: then this start fails, and that server is as good. One that somebody ended
        // while it started is started again.
        return started.Succeeded || Running is not null || (started.Reason.Contains(SeeTheLog, StringComparison.Ordinal) && log.HasEndedWithoutFault())
            ? log
            : throw Failure("did not start", log, started.Reason, Fault.Operator);
    }

    /// <summary>Whether the server takes connections; it has the warehouse's database then.</summary>
    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WarehouseSetup.EnsureAsync(home, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (PostgresException full) when (full.SqlState == PostgresErrorCodes.TooManyConnections)
        {
            // It works for others; who opened the warehouse gets the same answer and can wait.
            return true;
        }
        catch (PostgresException refused) when (refused.SqlState is not PostgresErrorCodes.CannotConnectNow and not PostgresErrorCodes.AdminShutdown
            and not PostgresErrorCodes.CrashShutdown)
        {
            throw new WarehouseException(
                $"The PostgreSQL server of {home.Folder} can't be set up: {refused.MessageText} ({refused.SqlState}). Its log is {home.ServerLog}.", Fault.Operator, refused);
        }
        catch (NpgsqlException)
        {
            // No socket yet, or it says itself that it is starting up, recovering or shutting down.
            return false;
        }
    }

    /// <param name="what">What goes behind "The PostgreSQL server of FOLDER".</param>
    /// <param name="log">Has its reason.</param>
    /// <param name="otherwise">The reason where the log has none.</param>
    /// <param name="fault">Whose fault it is.</param>
    private WarehouseException Failure(string what, ServerLog log, string otherwise, Fault fault)
    {
        // A full disk takes no log line either.
        const long FullBelowBytes = 1 << 20;
        var isFull = new DriveInfo(home.Folder).AvailableFreeSpace < FullBelowBytes;
        var reason = log.Reason() ?? $"{otherwise}.";
        return new WarehouseException(
            $"The PostgreSQL server of {home.Folder} {what}: {reason}{(isFull ? " The disk is full: free space there." : "")} Its log is {home.ServerLog}.", fault, null);
    }

    private static string Seconds(TimeSpan time) => Math.Ceiling(time.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
