using System.Text.RegularExpressions;
using AirportOps.Cli.Tests.Support;

namespace AirportOps.Cli.Tests.Damages;

/// <summary>Each row of docs/damages.md: the damage, the verb that names it, what to type, and the end of an undisturbed run.</summary>
[Collection(typeof(OneDamagedPipeline))]
public sealed class DamageTests
{
    private readonly DamagedPipeline _pipeline;
    private readonly StoredFiles _files;
    private string? _damaged;
    private byte[]? _before;

    public DamageTests(DamagedPipeline pipeline) => (_pipeline, _files) = (pipeline, new StoredFiles(pipeline.Folder));

    public static TheoryData<string> Named => [.. DamageTable.Named.Select(row => row.Damage)];

    private string Shard => _files.Shard;

    /// <summary>Damages by the name of their row; what is damaged is a file that can be put back, unless the row types something else.</summary>
    private Dictionary<string, (string State, Func<Task> Do)> Damages => new(StringComparer.Ordinal)
    {
        ["manifest-missing"] = ("behind", () => Delete(_files.Manifest(Shard, 3))),
        ["manifest-missing-power"] = ("behind", () => Delete(_files.Manifest(Shard, 4))),
        ["manifest-missing-newest"] = ("whole", () => Delete(_files.Manifest(Shard, _files.Windows(Shard)))),
        ["manifest-empty"] = ("behind", () => Change(_files.Manifest(Shard, 3), _ => [])),
        ["manifest-truncated"] = ("whole", () => Change(_files.Manifest(Shard, 3), content => content[..(content.Length / 2)])),
        ["manifest-bit"] = ("behind", () => Change(_files.Manifest(Shard, 3), WithOtherDigit)),
        ["manifest-swapped"] = ("behind", () => Change(_files.Manifest(Shard, 3), _ => File.ReadAllBytes(_files.Manifest(Shard, 2)))),
        ["manifest-other-shard"] = ("behind", () => Change(_files.Manifest(Shard, 3), _ => File.ReadAllBytes(_files.Manifest(_files.OtherShard, 3)))),
        ["parquet-missing"] = ("behind", () => Delete(NewObject("files"))),
        ["parquet-empty"] = ("behind", () => Change(NewObject("files"), _ => [])),
        ["parquet-truncated"] = ("behind", () => Change(NewObject("files"), content => content[..^1])),
        ["parquet-bit"] = ("behind", () => Change(NewObject("files"), WithFlippedBit)),
        ["ids-missing"] = ("behind", () => Delete(_files.Object(Shard, "ids", 3))),
        ["ids-truncated"] = ("behind", () => Change(_files.Object(Shard, "ids", 3), content => content[..^32])),
        ["ids-bit"] = ("behind", () => Change(_files.Object(Shard, "ids", 3), WithFlippedBit)),
        ["quarantine-missing"] = ("behind", () => Delete(_files.Object(Shard, "quarantine", 1))),
        ["quarantine-empty"] = ("behind", () => Change(_files.Object(Shard, "quarantine", 1), _ => [])),
        ["quarantine-bit"] = ("behind", () => Change(_files.Object(Shard, "quarantine", 1), WithFlippedBit)),
        ["bronze-missing"] = ("behind", () => Delete(_files.Bronze(Shard)[1])),
        ["bronze-empty"] = ("behind", () => Change(_files.Bronze(Shard)[1], _ => [])),
        ["bronze-truncated"] = ("behind", () => Change(_files.Bronze(Shard)[1], content => content[..(content.Length / 2)])),
        ["bronze-bit"] = ("behind", () => Change(_files.Bronze(Shard)[1], WithFlippedBit)),
        ["stream-end-cut"] = ("behind", () => Change(_files.Log(Shard)[^1], content => content[..(content.Length / 2)])),
        ["stream-end-cut-bronze"] = ("behind", () => Change(_files.Log(Shard)[^1], content => content[..(content.Length / 2)])),
        ["stream-middle-missing"] = ("behind", () => Delete(_files.Log(Shard)[1])),
        ["stream-header-bit"] = ("behind", () => Change(_files.Log(Shard)[0], content => With(content, 10))),
        ["generation-truncated"] = ("behind", async () =>
        {
            await _pipeline.DoAsync("generation", "begin", "--reason", "test");
            await Change(Path.Combine(_files.Lake, "silver/_generations/000002.json"), content => content[..^10]);
        }),
        ["generation-missing"] = ("behind", async () =>
        {
            await _pipeline.PutBackAsync("early", "lake");
            await _pipeline.DoAsync("generation", "begin", "--reason", "test");
            await _pipeline.DoAsync("silver", "--once", "--no-load");
            await Delete(Path.Combine(_files.Lake, "silver/_generations/000002.json"));
        }),
        ["lake-older"] = ("whole", () => _pipeline.PutBackAsync("early", "lake")),
        ["lake-other"] = ("whole", () => Task.CompletedTask),
        ["journal-edited"] = ("whole", () => _pipeline.ExecuteAsync($"UPDATE ops.load_batch SET manifest_sha256 = 'x' WHERE shard = '{Shard}'")),
        ["journal-missing"] = ("whole", () => _pipeline.ExecuteAsync($"DELETE FROM ops.load_batch WHERE shard = '{Shard}' AND ordinal = 2")),
        ["staging-missing"] = ("whole", () => _pipeline.ExecuteAsync("DELETE FROM staging.flight_event WHERE batch_id = (SELECT MAX(batch_id) FROM staging.flight_event)")),
    };

    [Fact]
    public void The_table_has_at_least_24_rows_and_each_a_damage() =>
        Assert.Equal(Damages.Keys.Order(StringComparer.Ordinal), DamageTable.Named.Select(row => row.Damage).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Named))]
    public async Task A_damage_is_named_by_its_verb_and_gone_after_what_to_type(string damage)
    {
        var row = DamageTable.Named.Single(row => row.Damage == damage);
        var (state, damageIt) = Damages[damage];
        await _pipeline.RestoreAsync(state);
        await damageIt();

        var named = await _pipeline.Folder.RunAsync(row.Verb);
        Assert.True(named.ExitCode == 1, $"{string.Join(' ', row.Verb)} ended with {named.ExitCode}\n{named.Output}\n{named.Error}");
        Assert.Matches(row.Line, named.Output + named.Error);

        foreach (var step in row.Steps)
        {
            await TypeAsync(step);
        }

        if (row.Verb[^1] != "file:other")
        {
            (await _pipeline.Folder.RunAsync(row.Verb)).Done();
        }

        if (row.Steps is not ["put it back"])
        {
            await _pipeline.LoadAsync();
            Assert.Equal(_pipeline.Expected, await WarehouseDump.ReadAsync(_pipeline.Folder));
            await AssertEachObjectIsNamedAsync();
        }
    }

    [Fact]
    public async Task A_warehouse_restored_older_goes_on_by_itself()
    {
        await _pipeline.RestoreAsync("whole");
        await _pipeline.PutBackAsync("early", "warehouse");

        await _pipeline.LoadAsync();

        Assert.Equal(_pipeline.Expected, await WarehouseDump.ReadAsync(_pipeline.Folder));
    }

    [Fact]
    public async Task A_copy_of_an_object_is_swept()
    {
        await _pipeline.RestoreAsync("behind");
        var parquet = _files.Object(Shard, "files", 3);
        var copy = Regex.Replace(parquet, "[0-9a-f]{16}[.]parquet$", "00000000000000aa.parquet");
        File.Copy(parquet, copy);

        await _pipeline.DoAsync("silver", "--once", "--no-load");

        Assert.False(File.Exists(copy));
        await AssertEachObjectIsNamedAsync();
    }

    [Fact]
    public async Task A_stray_is_named_and_passed_over()
    {
        await _pipeline.RestoreAsync("behind");
        await File.WriteAllTextAsync(Path.Combine(_files.Lake, "silver/_windows/notes.txt"), "x", TestContext.Current.CancellationToken);

        var loaded = (await _pipeline.Folder.RunAsync("load")).Done();

        Assert.Single(loaded.ErrorLines, line => line.Contains("silver/_windows/notes.txt", StringComparison.Ordinal)
            && line.Contains("is no window manifest and is passed over.", StringComparison.Ordinal));
        await _pipeline.DoAsync("gold", "build");
        Assert.Equal(_pipeline.Expected, await WarehouseDump.ReadAsync(_pipeline.Folder));
    }

    private string NewObject(string kind) => _files.Object(Shard, kind, _files.Windows(Shard) - 2);

    private Task Delete(string file)
    {
        (_damaged, _before) = (file, File.ReadAllBytes(file));
        File.Delete(file);
        return Task.CompletedTask;
    }

    private Task Change(string file, Func<byte[], byte[]> change)
    {
        (_damaged, _before) = (file, File.ReadAllBytes(file));
        File.WriteAllBytes(file, change(_before));
        return Task.CompletedTask;
    }

    private async Task TypeAsync(string step)
    {
        switch (step)
        {
            case "put it back":
                await File.WriteAllBytesAsync(_damaged!, _before!, TestContext.Current.CancellationToken);
                break;
            case "delete the shard's objects behind the hole":
                foreach (var behind in _files.Bronze(Shard).Skip(1))
                {
                    File.Delete(behind);
                }

                break;
            case var _ when step.StartsWith("rm -r ", StringComparison.Ordinal):
                await _pipeline.Folder.UntilIdleAsync();
                _pipeline.Remove(step["rm -r ".Length..]);
                break;
            default:
                Assert.StartsWith(DamageTable.Program, step, StringComparison.Ordinal);
                await _pipeline.DoAsync(step[DamageTable.Program.Length..].Split(' '));
                break;
        }
    }

    /// <summary>Whoever reads Silver by a glob reads each row once.</summary>
    private async Task AssertEachObjectIsNamedAsync()
    {
        var lake = AirportOps.Lake.FileLake.OpenToRead(_files.Lake);
        var named = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var window in new AirportOps.Pipeline.Windows.WindowStore(lake).ReadAllAsync(TestContext.Current.CancellationToken))
        {
            named.UnionWith(window.Files.Select(file => file.Key));
        }

        var there = Directory.GetFiles(Path.Combine(_files.Lake, "silver"), "*.parquet", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(_files.Lake, path).Replace('\\', '/'));
        Assert.Equal(named.Order(StringComparer.Ordinal), there.Order(StringComparer.Ordinal));
    }

    private static byte[] WithFlippedBit(byte[] content) => With(content, content.Length / 2);

    private static byte[] With(byte[] content, int at)
    {
        var changed = content.ToArray();
        changed[at] ^= 1;
        return changed;
    }

    /// <summary>Another count of records: the manifest stays JSON, and its ledger still balances.</summary>
    private static byte[] WithOtherDigit(byte[] content)
    {
        var at = content.AsSpan().IndexOf("\"records\":"u8) + "\"records\":".Length;
        while (char.IsAsciiDigit((char)content[at + 1]))
        {
            at++;
        }

        return With(content, at);
    }
}
