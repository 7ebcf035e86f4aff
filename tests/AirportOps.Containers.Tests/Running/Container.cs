using System.Diagnostics;
using System.Globalization;
using AirportOps.Containers.Tests.Rules;

namespace AirportOps.Containers.Tests.Running;

/// <summary>
/// The image's program, run as a container engine would: process 1 of its own, the image as a read-only root, its volume to write to, the image's user without
/// capabilities, nothing in its environment that image and caller don't put there. It shares the machine's network.
/// </summary>
internal sealed class Container : IAsyncDisposable
{
    /// <summary>Far more than anything takes: who waits this long hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;
    private readonly BuildStage _image;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private Container(Process process, BuildStage image, IReadOnlyDictionary<string, string> environment)
    {
        (_process, _image, _environment) = (process, image, environment);
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    internal bool HasEnded => _process.HasExited;

    /// <summary>Starts a container.</summary>
    /// <param name="image">The image.</param>
    /// <param name="root">Its file system.</param>
    /// <param name="data">The folder of this machine that is mounted as its volume; it is given to the image's user.</param>
    /// <param name="environment">Variables over the image's.</param>
    /// <param name="command">Instead of the image's CMD.</param>
    internal static async Task<Container> StartAsync(
        BuildStage image, string root, string data, IReadOnlyDictionary<string, string> environment, params IReadOnlyList<string> command)
    {
        var (user, group) = image.Last("USER")!.Text.Split(':') is [var uid, var gid] ? (uid, gid) : throw new InvalidOperationException("USER");
        Directory.CreateDirectory(data);
        await Shell.RunAsync($"chown {user}:{group} '{data}'", data);
        var mounts = $"""
            set -e
            mount --bind '{root}' '{root}'
            mount -o remount,bind,ro '{root}'
            mount --bind '{data}' '{root}{image.Last("VOLUME")!.Text}'
            mount -t tmpfs -o mode=0755 tmpfs '{root}/dev'
            for device in null zero urandom; do touch '{root}/dev/'$device; mount --bind /dev/$device '{root}/dev/'$device; done
            mount -o remount,ro '{root}/dev'
            exec setpriv --no-new-privs unshare --pid --fork --mount-proc --root='{root}' --wd='{image.Last("WORKDIR")!.Text}' --setgid={group} --setuid={user} -- "$@"
            """;
        IReadOnlyList<string> words = [.. Dockerfile.ExecForm(image.Last("ENTRYPOINT")!.Text)!, .. command];
        var all = new Dictionary<string, string>(image.Environment, StringComparer.Ordinal);
        foreach (var (name, value) in environment)
        {
            all[name] = value;
        }

        var process = Start("unshare", ["--mount", "--ipc", "--uts", "/bin/sh", "-c", mounts, "sh", .. words], all);
        return new Container(process, image, all);
    }

    /// <summary>Waits for the end.</summary>
    internal async Task<(int ExitCode, string Output, string Error)> WaitAsync() => await EndOfAsync(_process, _output, _error);

    /// <summary>Runs the image's health check inside.</summary>
    /// <param name="more">Words behind it.</param>
    internal async Task<(int ExitCode, string Output, string Error)> CheckHealthAsync(params IReadOnlyList<string> more)
    {
        var check = Dockerfile.ExecForm(_image.Last("HEALTHCHECK")!.Text[4..].Trim())!;
        var user = _image.Last("USER")!.Text.Split(':');
        using var process = Start(
            "nsenter", ["--target", await FirstProcessAsync(), "--mount", "--pid", "--root", "--wd", "--setgid", user[1], "--setuid", user[0], "--", .. check, .. more], _environment);
        return await EndOfAsync(process, process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
    }

    /// <summary>Waits until the health check says yes; fails when the container ends before.</summary>
    internal async Task UntilHealthyAsync()
    {
        while ((await CheckHealthAsync()).ExitCode != 0)
        {
            if (HasEnded)
            {
                Assert.Fail($"ended with {_process.ExitCode} before it was healthy:\n{await _error}");
            }

            await Task.Delay(PollInterval, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Asks it to stop, as an engine does.</summary>
    internal async Task<(int ExitCode, string Output, string Error)> StopAsync()
    {
        await Shell.RunAsync($"kill -s {_image.Last("STOPSIGNAL")!.Text["SIG".Length..]} {await FirstProcessAsync()}", "/");
        return await WaitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // The first process takes its namespace, and all in it, along.
            await Shell.RunAsync($"kill -s KILL {await FirstProcessAsync()} || true", "/");
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private static Process Start(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo($"/usr/bin/{program}", arguments)
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    private static async Task<(int ExitCode, string Output, string Error)> EndOfAsync(Process process, Task<string> output, Task<string> error)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Process 1 of the container, by its id on this machine.</summary>
    private async Task<string> FirstProcessAsync()
    {
        var id = _process.Id.ToString(CultureInfo.InvariantCulture);
        while (true)
        {
            // 'unshare' has one child, once it has mounted everything and become 'unshare' again.
            if (!HasEnded
                && (await File.ReadAllTextAsync($"/proc/{id}/comm")).Trim() == "unshare"
                && (await File.ReadAllTextAsync($"/proc/{id}/task/{id}/children")).Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var child])
            {
                return child;
            }

            Assert.False(HasEnded, HasEnded ? $"ended with {_process.ExitCode}: {await _error}" : string.Empty);
            await Task.Delay(PollInterval, TestContext.Current.CancellationToken);
        }
    }
}
