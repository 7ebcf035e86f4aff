
namespace AirportOps.Warehouse.Tests.Cluster;

/// <summary>Under which account root's server runs.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ClusterAccountTests : IDisposable
{
    private const string NeedsRoot = "only root's server runs as another account";

    private readonly ClusterScene _scene = new();

    private string Home => Path.Combine(_scene.Folder, "cluster");

    [Fact]
    public async Task The_owner_of_the_data_runs_the_server_whatever_accounts_there_are()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, NeedsRoot);
        await ClusterScene.LeaveAsync(await _scene.OpenAsync());
        await ClusterScene.RunAsync("chown", "-R", "nobody", Home);

        await using var user = await _scene.OpenAsync();

        Assert.Equal(await NumberOfAsync("nobody"), OwnerOfProcess(user.ServerProcessId));
    }

    [Fact]
    public async Task A_home_given_to_another_account_than_its_data_works()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, NeedsRoot);
        await ClusterScene.LeaveAsync(await _scene.OpenAsync());
        await ClusterScene.RunAsync("chown", "-R", "nobody", Home);
        await ClusterScene.RunAsync("chown", "postgres", Home);

        await using var user = await _scene.OpenAsync();

        Assert.Equal(await NumberOfAsync("nobody"), OwnerOfProcess(user.ServerProcessId));
    }

    [Fact]
    public async Task An_owner_that_is_no_account_of_this_machine_runs_the_server_too()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, NeedsRoot);
        await ClusterScene.LeaveAsync(await _scene.OpenAsync());
        await ClusterScene.RunAsync("chown", "-R", "54321:54321", Home);

        await using var user = await _scene.OpenAsync();

        Assert.Equal("54321", OwnerOfProcess(user.ServerProcessId));
    }

    [Fact]
    public async Task A_cluster_that_is_roots_is_one_line_with_the_command_that_helps()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, NeedsRoot);
        await ClusterScene.LeaveAsync(await _scene.OpenAsync());
        await ClusterScene.RunAsync("chown", "-R", "root", Home);

        var refusal = await _scene.RefusalAsync();
        var advice = refusal[refusal.IndexOf("chown", StringComparison.Ordinal)..];
        await ClusterScene.RunAsync("sh", "-c", advice);

        await using var user = await _scene.OpenAsync();
        Assert.NotEqual("0", OwnerOfProcess(user.ServerProcessId));
    }

    [Fact]
    public async Task A_cluster_whose_folder_its_account_can_not_enter_any_more_is_not_replaced_by_an_empty_one()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, NeedsRoot);
        await ClusterScene.LeaveAsync(await _scene.OpenAsync());
        File.SetUnixFileMode(_scene.Folder, (UnixFileMode)0b111_000_000);

        Assert.Contains("can't enter", await _scene.RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_sends_the_cluster_to_any_folder_is_not_followed()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, NeedsRoot);
        await File.WriteAllTextAsync(Path.Combine(_scene.Folder, "cluster-home"), "/etc\n", TestContext.Current.CancellationToken);

        Assert.Contains("which is not a folder in /var/lib/airportops", await _scene.RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_else_can_enter_the_home_or_take_its_locks()
    {
        await using var user = await _scene.OpenAsync();

        Assert.Equal(FileModes.PrivateFolder, File.GetUnixFileMode(Home));
        Assert.Equal(FileModes.PrivateFolder, File.GetUnixFileMode(_scene.Data));
        foreach (var file in Directory.GetFiles(_scene.Folder))
        {
            Assert.Equal(FileModes.PrivateFile, File.GetUnixFileMode(file));
        }
    }

    public void Dispose() => _scene.Dispose();

    private static string OwnerOfProcess(int process) =>
        File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1];

    private static async Task<string> NumberOfAsync(string account) =>
        (await File.ReadAllLinesAsync("/etc/passwd", TestContext.Current.CancellationToken)).Select(line => line.Split(':')).First(fields => fields[0] == account)[2];
}
