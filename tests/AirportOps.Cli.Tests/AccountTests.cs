using System.Diagnostics;
using System.Globalization;
using AirportOps.Cli.Tests.Support;

namespace AirportOps.Cli.Tests;

/// <summary>The program under other umasks and accounts than the test's own: who can read what it makes, and whether its warehouse works.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class AccountTests : IAsyncDisposable
{
    private const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode PrivateFolder = PrivateFile | UnixFileMode.UserExecute;
    private const UnixFileMode Passage = PrivateFolder | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly TestFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("000")]
    [InlineData("027")]
    [InlineData("077")]
    public async Task Under_any_umask_the_warehouse_works_and_nobody_else_can_read_the_events(string umask)
    {
        await RunAsync(umask, "simulate", "--events", "300", "--mess", "0.3", "--date", "2024-05-17", "--ledger", "ledger.jsonl");
        await RunAsync(umask, "run", "--once");
        await RunAsync(umask, "simulate", "--events", "10", "--to", "file:more.jsonl");

        // The schema is there and 'verify' and 'sql' reach it.
        await RunAsync(umask, "verify", "--ledger", "ledger.jsonl");
        Assert.Contains("1", await RunAsync(umask, "sql", "SELECT COUNT(*) AS n FROM ops.gold_build", "--csv"), StringComparison.Ordinal);

        Assert.All(["ledger.jsonl", "more.jsonl"], file => Assert.Equal(PrivateFile, File.GetUnixFileMode(_folder[file])));
        Assert.All([".airportops", ".airportops/stream", ".airportops/warehouse"], folder => Assert.Equal(Passage, File.GetUnixFileMode(_folder[folder])));
        Assert.Equal(PrivateFolder, File.GetUnixFileMode(_folder[".airportops/warehouse/cluster"]));
        foreach (var root in Directory.GetDirectories(_folder[".airportops/stream"]).Append(_folder[".airportops/lake"]))
        {
            Assert.Equal(PrivateFolder, File.GetUnixFileMode(root));
            Assert.All(Directory.GetDirectories(root, "*", SearchOption.AllDirectories), path => Assert.Equal((path, PrivateFolder), (path, File.GetUnixFileMode(path))));
            Assert.All(Directory.GetFiles(root, "*", SearchOption.AllDirectories), path => Assert.Equal((path, PrivateFile), (path, File.GetUnixFileMode(path))));
        }
    }

    [Fact]
    public async Task A_user_without_a_home_and_a_temporary_folder_has_a_warehouse_at_any_depth()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && OperatingSystem.IsLinux(), "only root runs the program as another account");
        var deep = Path.Combine(_folder.Path, "user", new string('d', 90));
        Directory.CreateDirectory(deep);
        var program = _folder["program"];
        await ProcessAsync("cp", "-r", AppContext.BaseDirectory, program);
        await ProcessAsync("chmod", "-R", "go+rX", program);
        await ProcessAsync("chown", "-R", "nobody", _folder["user"]);

        var printed = await ProcessAsync(
            "setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups", "--", "env", "-u", "HOME", "-C", deep, "TMPDIR=/nowhere",
            "dotnet", Path.Combine(program, "airportops.dll"), "sql", "--data", "data", "SELECT session_user::text AS who", "--csv");

        Assert.Equal(["who", "airportops_sql"], printed.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [Fact]
    public async Task The_psql_that_sql_opens_can_not_write()
    {
        (await _folder.RunAsync("migrate", "up")).Done();
        await using var psql = _folder.StartWithInput("sql");
        await using (var input = new StreamWriter(psql.Input))
        {
            await input.WriteAsync("SELECT session_user;\nINSERT INTO gold.dim_date (date_key) VALUES (77);\nSET default_transaction_read_only TO off;\nINSERT INTO gold.dim_date (date_key) VALUES (77);\n");
        }

        var outcome = await psql.WaitAsync();

        Assert.Contains("airportops_sql", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("read-only transaction", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("permission denied for table dim_date", outcome.Error, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _folder.DisposeAsync();

    private Task<string> RunAsync(string umask, params string[] arguments) =>
        ProcessAsync("sh", ["-c", $"cd '{_folder.Path}' && umask {umask} && exec dotnet \"$@\"", "sh", RunningProgram.Whole, .. arguments]);

    /// <summary>Runs a program, which must succeed, and gives what it printed to standard output.</summary>
    private static async Task<string> ProcessAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync(Token);
        var error = process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token).WaitAsync(Patience, Token);
        var complaint = await error;
        Assert.True(process.ExitCode == 0, string.Create(CultureInfo.InvariantCulture, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {complaint}"));
        return await output;
    }
}
