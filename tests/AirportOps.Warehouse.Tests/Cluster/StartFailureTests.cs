
namespace AirportOps.Warehouse.Tests.Cluster;

/// <summary>What one line says when a cluster can't be had, and what must not keep one from being had.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class StartFailureTests : IDisposable
{
    private readonly ClusterScene _scene = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_servers_own_line_is_in_the_message()
    {
        await CreateAsync();
        await File.AppendAllTextAsync(Path.Combine(_scene.Data, "postgresql.conf"), "shared_buffers = plenty\n", Token);

        var refusal = await _scene.RefusalAsync();

        Assert.Equal(
            $"The PostgreSQL server of {_scene.Folder}/cluster did not start: FATAL: configuration file \"{_scene.Data}/postgresql.conf\" contains errors. Its log is {_scene.Folder}/cluster/server.log.",
            refusal.Replace("LOG: invalid value for parameter \"shared_buffers\": \"plenty\". ", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_start_in_a_data_folder_with_wrong_permissions_names_them()
    {
        await CreateAsync();
        File.SetUnixFileMode(_scene.Data, (UnixFileMode)0b111_111_111);

        var refusal = await _scene.RefusalAsync();

        Assert.Contains("has invalid permissions. DETAIL: Permissions should be u=rwx (0700) or u=rwx,g=rx (0750).", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_said_by_initdbs_own_reason()
    {
        using var disk = await SmallDisk.MountAsync(_scene.Folder, "8m");

        Assert.Contains("No space left on device", await _scene.RefusalAsync(), StringComparison.Ordinal);
        Assert.Contains("initdb could not create a cluster in", await _scene.RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_at_the_start_is_said_and_room_on_it_is_enough_to_go_on()
    {
        using var disk = await SmallDisk.MountAsync(_scene.Folder, "200m");
        await CreateAsync();
        var filler = Path.Combine(_scene.Folder, "filler");
        await ClusterScene.RunAsync("sh", "-c", $"cat /dev/zero > '{filler}' 2>/dev/null || true");

        var refusal = await _scene.RefusalAsync();
        File.Delete(filler);

        Assert.True(refusal.Contains("No space left on device", StringComparison.Ordinal) || refusal.Contains("The disk is full", StringComparison.Ordinal), refusal);
        await using var next = await _scene.OpenAsync();
        Assert.Equal(1, await ClusterScene.ScalarAsync<int>(next, "SELECT 1"));
    }

    [Theory]
    [InlineData("9", "The local warehouse was created by PostgreSQL 9, but this machine has ")]
    [InlineData("new", "/PG_VERSION holds 'new' instead of PostgreSQL's version: the cluster is damaged.")]
    public async Task A_data_folder_of_another_version_is_one_line(string version, string message)
    {
        await CreateAsync();
        await File.WriteAllTextAsync(Path.Combine(_scene.Data, "PG_VERSION"), version + "\n", Token);

        Assert.Contains(message, await _scene.RefusalAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("with, a comma and 'quotes\" in it")]
    [InlineData("long long long long long long long long long long long long long long long long long long long long")]
    public async Task A_folder_of_any_name_has_a_socket(string name)
    {
        var folder = Path.Combine(_scene.Folder, name);
        await using var user = await _scene.OpenAsync(folder: folder);

        Assert.Equal(1, await ClusterScene.ScalarAsync<int>(user, "SELECT 1"));
        Assert.Equal(FileModes.PrivateFolder, File.GetUnixFileMode(user.Home.SocketFolder));
    }

    [Fact]
    public async Task A_folder_reached_by_a_link_has_one_server()
    {
        var link = _scene.Folder + "-link";
        Directory.CreateSymbolicLink(link, _scene.Folder);
        try
        {
            await using var straight = await _scene.OpenAsync();
            await using var byLink = await _scene.OpenAsync(folder: link);

            Assert.Equal(straight.ServerProcessId, byLink.ServerProcessId);
        }
        finally
        {
            File.Delete(link);
        }
    }

    [Theory]
    [InlineData("this test")]
    [InlineData("another cluster's server")]
    public async Task A_lock_file_whose_process_is_somebody_elses_does_not_keep_the_server_from_starting(string whose)
    {
        await CreateAsync();
        using var others = new ClusterScene();
        var other = whose == "this test" ? null : await others.OpenAsync();
        var process = other?.ServerProcessId ?? Environment.ProcessId;
        await File.WriteAllTextAsync(Path.Combine(_scene.Data, "postmaster.pid"), $"{process}\n{_scene.Data}\n", Token);

        await using (var next = await _scene.OpenAsync())
        {
            Assert.Equal(1, await ClusterScene.ScalarAsync<int>(next, "SELECT 1"));
        }

        if (other is not null)
        {
            Assert.Equal(1, await ClusterScene.ScalarAsync<int>(other, "SELECT 1"));
            await ClusterScene.LeaveAsync(other);
        }
    }

    [Fact]
    public async Task A_log_that_has_grown_large_is_put_aside()
    {
        await CreateAsync();
        var log = Path.Combine(_scene.Folder, "cluster", "server.log");
        await using (var grown = new FileStream(log, FileMode.Open))
        {
            grown.SetLength(17 << 20);
        }

        await CreateAsync();

        Assert.True(new FileInfo(log).Length < 1 << 20);
        Assert.Equal(17 << 20, new FileInfo(log + ".1").Length);
    }

    public void Dispose() => _scene.Dispose();


    private async Task CreateAsync() => await ClusterScene.LeaveAsync(await _scene.OpenAsync());

    /// <summary>A file system in memory over a folder.</summary>
    private sealed class SmallDisk(string folder) : IDisposable
    {
        internal static async Task<SmallDisk> MountAsync(string folder, string size)
        {
            Assert.SkipUnless(Environment.IsPrivilegedProcess && OperatingSystem.IsLinux(), "only root on Linux mounts a small disk");
            await ClusterScene.RunAsync("mount", "-t", "tmpfs", "-o", $"size={size},mode=755", "tmpfs", folder);
            return new SmallDisk(folder);
        }

        public void Dispose() => ClusterScene.RunAsync("umount", "-l", folder).GetAwaiter().GetResult();
    }
}
