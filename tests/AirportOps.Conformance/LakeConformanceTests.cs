using System.IO.Compression;
using System.Text;
using AirportOps.Lake;

namespace AirportOps.Conformance;

/// <summary>What every lake must do; a backend's test project inherits it.</summary>
public abstract class LakeConformanceTests
{
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> BadKeys => new()
    {
        "", "/", "/a", "a/", "a//b", ".", "..", "a/../b", "a/./b", ".hidden", "a/.hidden/b", "a\\b", "a\nb", "a\0b", "a\u0085b", "\uD800",
        string.Join('/', Enumerable.Repeat("0123456789abcdef", 61)), new string('k', 256), new string('é', 128),
    };

    public static TheoryData<string> GoodKeys => new()
    {
        "a", "bronze/s/date=2026-03-01/hour=14/shardId-000000000000-1-2.jsonl.gz", "silver/_windows/s/0/1.json", "a b/c+d/e%2Ff?g#h&i",
        "ä/空港/\U0001F6EB", "a../x...", new string('k', 255), string.Join('/', Enumerable.Repeat("0123456789abcde", 64)),
    };

    /// <summary>Makes a lake that is empty; the same one on every call within a test.</summary>
    protected abstract Task<ILake> OpenAsync();

    [Theory]
    [MemberData(nameof(GoodKeys))]
    public async Task What_is_put_is_got_whole_under_its_key(string key)
    {
        var lake = await OpenAsync();
        var content = RandomBytes(100_000, seed: 1);

        Assert.True(await lake.PutAsync(key, content, PutMode.Overwrite, Token));

        Assert.Equal(content, await lake.GetAsync(key, Token));
        Assert.Equal(content, await lake.TryGetAsync(key, Token));
        Assert.Equal(content, await DrainAsync(await lake.OpenReadAsync(key, Token)));
        var head = Assert.IsType<LakeObject>(await lake.HeadAsync(key, Token));
        Assert.Equal((key, content.Length), (head.Key, head.Bytes));
        Assert.Equal(head, Assert.Single(await ListAsync(lake, "")));
    }

    [Theory]
    [MemberData(nameof(BadKeys), DisableDiscoveryEnumeration = true)] // which would mend the half of a pair
    public async Task What_is_no_key_is_refused_by_every_call(string key)
    {
        var lake = await OpenAsync();

        await Assert.ThrowsAnyAsync<ArgumentException>(() => lake.PutAsync(key, default, PutMode.Overwrite, Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => lake.CreateAsync(key, Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => lake.OpenReadAsync(key, Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => lake.GetAsync(key, Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => lake.TryGetAsync(key, Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => lake.GetRangeAsync(key, 0, 1, Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => lake.HeadAsync(key, Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => lake.DeleteAsync(key, Token));
        Assert.Empty(await ListAsync(lake, ""));
    }

    [Fact]
    public async Task What_is_not_there_is_told_apart_from_trouble()
    {
        var lake = await OpenAsync();
        await lake.PutAsync("a/file", default, PutMode.Overwrite, Token);
        foreach (var key in (string[])["b", "a", "a/other", "a/file/below"])
        {
            Assert.Equal(key, (await Assert.ThrowsAsync<LakeObjectNotFoundException>(() => lake.GetAsync(key, Token))).Key);
            await Assert.ThrowsAsync<LakeObjectNotFoundException>(() => lake.OpenReadAsync(key, Token));
            await Assert.ThrowsAsync<LakeObjectNotFoundException>(() => lake.GetRangeAsync(key, 0, 1, Token));
            Assert.Null(await lake.TryGetAsync(key, Token));
            Assert.Null(await lake.HeadAsync(key, Token));
            await lake.DeleteAsync(key, Token);
        }

        Assert.Equal(["a/file"], await KeysAsync(lake, ""));
    }

    [Fact]
    public async Task An_object_may_be_empty()
    {
        var lake = await OpenAsync();

        await lake.PutAsync("empty", default, PutMode.IfAbsent, Token);

        Assert.Empty(await lake.GetAsync("empty", Token));
        Assert.Equal(0, (await lake.HeadAsync("empty", Token))!.Bytes);
    }

    [Fact]
    public async Task Overwriting_replaces_and_if_absent_leaves_alone()
    {
        var lake = await OpenAsync();

        Assert.True(await lake.PutAsync("k", "first"u8.ToArray(), PutMode.IfAbsent, Token));
        Assert.False(await lake.PutAsync("k", "second"u8.ToArray(), PutMode.IfAbsent, Token));
        Assert.Equal("first", await TextAsync(lake, "k"));
        Assert.True(await lake.PutAsync("k", "third"u8.ToArray(), PutMode.Overwrite, Token));
        Assert.Equal("third", await TextAsync(lake, "k"));
        await lake.DeleteAsync("k", Token);
        Assert.True(await lake.PutAsync("k", "fourth"u8.ToArray(), PutMode.IfAbsent, Token));
        Assert.Equal("fourth", await TextAsync(lake, "k"));
    }

    [Theory]
    [InlineData(0, 4, "0123")]
    [InlineData(3, 2, "34")]
    [InlineData(8, 5, "89")]
    [InlineData(10, 1, "")]
    [InlineData(99, 1, "")]
    [InlineData(5, 0, "")]
    public async Task A_range_ends_where_the_object_ends(long offset, int count, string expected)
    {
        var lake = await OpenAsync();
        await lake.PutAsync("digits", "0123456789"u8.ToArray(), PutMode.Overwrite, Token);

        Assert.Equal(expected, Encoding.UTF8.GetString(await lake.GetRangeAsync("digits", offset, count, Token)));
    }

    [Fact]
    public async Task An_upload_is_not_to_be_seen_before_it_is_complete()
    {
        var lake = await OpenAsync();
        var content = RandomBytes(10_000_000, seed: 2);
        await using var upload = await lake.CreateAsync("a/b/large", Token);
        await upload.WriteAsync(content.AsMemory(0, 6_000_000), Token);
        upload.Write(content.AsSpan(6_000_000));
        await upload.FlushAsync(Token);

        Assert.Equal(("a/b/large", content.Length), (upload.Key, upload.BytesWritten));
        Assert.Null(await lake.HeadAsync("a/b/large", Token));
        Assert.Empty(await ListAsync(lake, ""));

        Assert.True(await upload.CompleteAsync(PutMode.IfAbsent, Token));

        Assert.Equal(content, await lake.GetAsync("a/b/large", Token));
    }

    [Fact]
    public async Task An_upload_disposed_before_it_is_complete_leaves_nothing()
    {
        var lake = await OpenAsync();
        await lake.PutAsync("k", "old"u8.ToArray(), PutMode.Overwrite, Token);
        foreach (var key in (string[])["k", "new"])
        {
            await using var upload = await lake.CreateAsync(key, Token);
            upload.Write("unfinished"u8);
        }

        Assert.Equal(["k"], await KeysAsync(lake, ""));
        Assert.Equal("old", await TextAsync(lake, "k"));
    }

    [Fact]
    public async Task A_complete_upload_takes_no_more()
    {
        var lake = await OpenAsync();
        await using var upload = await lake.CreateAsync("k", Token);
        Assert.True(await upload.CompleteAsync(PutMode.Overwrite, Token));

        Assert.False(upload.CanWrite);
        Assert.Throws<InvalidOperationException>(() => upload.Write("x"u8));
        await Assert.ThrowsAsync<InvalidOperationException>(() => upload.CompleteAsync(PutMode.Overwrite, Token));
        await upload.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => upload.CompleteAsync(PutMode.Overwrite, Token));
        Assert.Equal("", await TextAsync(lake, "k"));
    }

    [Fact]
    public async Task An_upload_that_comes_second_is_discarded()
    {
        var lake = await OpenAsync();
        await using var first = await lake.CreateAsync("k", Token);
        await using var second = await lake.CreateAsync("k", Token);
        first.Write("first"u8);
        second.Write("second"u8);

        Assert.True(await first.CompleteAsync(PutMode.IfAbsent, Token));
        Assert.False(await second.CompleteAsync(PutMode.IfAbsent, Token));

        Assert.Equal("first", await TextAsync(lake, "k"));
        Assert.Equal(["k"], await KeysAsync(lake, ""));
    }

    [Fact]
    public async Task An_upload_can_carry_a_compressed_stream()
    {
        var lake = await OpenAsync();
        await using (var upload = await lake.CreateAsync("k.gz", Token))
        {
            await using (var gzip = new GZipStream(upload, CompressionLevel.Fastest, leaveOpen: true))
            {
                await gzip.WriteAsync("hello"u8.ToArray(), Token);
            }

            await upload.CompleteAsync(PutMode.Overwrite, Token);
        }

        var content = await DrainAsync(new GZipStream(await lake.OpenReadAsync("k.gz", Token), CompressionMode.Decompress));
        Assert.Equal("hello", Encoding.UTF8.GetString(content));
    }

    [Fact]
    public async Task Of_48_who_race_to_create_an_object_exactly_one_wins()
    {
        var lake = await OpenAsync();
        for (var round = 0; round < 8; round++)
        {
            var key = $"races/{round}";
            var uploads = await Task.WhenAll(Enumerable.Range(0, 48).Select(_ => lake.CreateAsync(key, Token)));
            using var start = new Barrier(48);
            var wins = await Task.WhenAll(uploads.Select((upload, racer) => Task.Factory.StartNew(
                () =>
                {
                    upload.Write(Encoding.UTF8.GetBytes($"racer {racer}"));
                    start.SignalAndWait(Token);
                    return upload.CompleteAsync(PutMode.IfAbsent, Token);
                },
                Token,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).Unwrap()));
            await Task.WhenAll(uploads.Select(upload => upload.DisposeAsync().AsTask()));

            var winner = Assert.Single(Enumerable.Range(0, 48), racer => wins[racer]);
            Assert.Equal($"racer {winner}", await TextAsync(lake, key));
        }
    }

    [Fact]
    public async Task A_list_is_in_the_order_of_the_bytes_at_any_depth()
    {
        var lake = await OpenAsync();
        string[] keys =
        [
            "a-b", "a.b", "a/b-c", "a/b.c/d", "a/bc", "a0", "ab/c", "b!/c", "b/c/d/e/f", "b/c0", "Z",
            "é", "\uE000", "\uFFFD/a", "\U0001F6EB",
        ];
        foreach (var key in keys)
        {
            await lake.PutAsync(key, default, PutMode.Overwrite, Token);
        }

        var expected = keys.OrderBy(key => Convert.ToHexString(Encoding.UTF8.GetBytes(key)), StringComparer.Ordinal).ToArray();

        Assert.Equal(expected, await KeysAsync(lake, ""));
        foreach (var prefix in (string[])["a", "a/", "a/b", "a/b.", "a/b.c/", "a/b.c/d", "b", "b/c", "é", "nothing", "a/b.c/d/"])
        {
            Assert.Equal(expected.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)), await KeysAsync(lake, prefix));
        }

        foreach (var startAfter in keys.Concat(["a/", "a", "a/b", "b", "b/c", "zz", "a/b.c"]))
        {
            Assert.Equal(
                expected.Where(key => LakeKey.Comparer.Compare(key, startAfter) > 0), await KeysAsync(lake, "", startAfter));
            Assert.Equal(
                expected.Where(key => key.StartsWith("a/b", StringComparison.Ordinal) && LakeKey.Comparer.Compare(key, startAfter) > 0),
                await KeysAsync(lake, "a/b", startAfter));
        }
    }

    [Fact]
    public async Task A_prefix_can_not_climb_out_of_the_lake()
    {
        var lake = await OpenAsync();
        foreach (var prefix in (string[])["../", "a/../../", "/", "a//", ".uploads/"])
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => ListAsync(lake, prefix));
        }
    }

    [Fact]
    public async Task A_list_holds_everything_that_stayed_while_others_wrote_and_deleted()
    {
        var lake = await OpenAsync();
        var staying = Enumerable.Range(0, 60).Select(number => $"p/{number % 6}/stays-{number:D2}").Order(StringComparer.Ordinal).ToArray();
        foreach (var key in staying)
        {
            await lake.PutAsync(key, default, PutMode.Overwrite, Token);
        }

        using var stop = new CancellationTokenSource();
        var others = Enumerable.Range(0, 3).Select(writer => Task.Run(
            async () =>
            {
                for (var number = 0; !stop.IsCancellationRequested; number++)
                {
                    var key = $"p/{number % 8}/passes-{writer}";
                    await lake.PutAsync(key, "x"u8.ToArray(), PutMode.Overwrite, Token);
                    await lake.DeleteAsync(key, Token);
                }
            },
            Token)).ToArray();
        for (var round = 0; round < 30; round++)
        {
            var keys = await KeysAsync(lake, "p/");
            Assert.Equal(staying, keys.Where(key => key.Contains("stays", StringComparison.Ordinal)));
            Assert.Equal(keys.Distinct(), keys);
        }

        await stop.CancelAsync();
        await Task.WhenAll(others);
    }

    [Fact]
    public async Task A_reader_gets_one_content_whole_while_it_is_replaced()
    {
        var lake = await OpenAsync();
        byte[][] contents = [RandomBytes(500_000, seed: 3), RandomBytes(400_000, seed: 4)];
        await lake.PutAsync("k", contents[0], PutMode.Overwrite, Token);
        var writer = Task.Run(
            async () =>
            {
                for (var round = 0; round < 40; round++)
                {
                    await lake.PutAsync("k", contents[round % 2], PutMode.Overwrite, Token);
                }
            },
            Token);

        while (!writer.IsCompleted)
        {
            var content = await lake.GetAsync("k", Token);
            Assert.Contains(contents, candidate => candidate.AsSpan().SequenceEqual(content));
        }

        await writer;
    }

    [Fact]
    public async Task Cancelled_calls_say_so_and_change_nothing()
    {
        var lake = await OpenAsync();
        var cancelled = new CancellationToken(canceled: true);
        await lake.PutAsync("k", default, PutMode.Overwrite, Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lake.PutAsync("new", default, PutMode.Overwrite, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lake.CreateAsync("new", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lake.GetAsync("k", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lake.HeadAsync("k", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lake.DeleteAsync("k", cancelled));
        Assert.Equal(["k"], await KeysAsync(lake, ""));
    }

    [Fact]
    public async Task The_first_object_is_that_of_the_list()
    {
        var lake = await OpenAsync();
        foreach (var key in new[] { "a/1", "a/2/x", "a0", "b/1" })
        {
            await lake.PutAsync(key, new byte[3], PutMode.Overwrite, Token);
        }

        Assert.Equal(("a/1", 3L), await FirstAsync("a/", null));
        Assert.Equal(("a/2/x", 3L), await FirstAsync("a/", "a/1"));
        Assert.Equal(("a0", 3L), await FirstAsync("a", "a/2/x"));
        Assert.Null(await FirstAsync("a/", "a/2/x"));
        Assert.Null(await FirstAsync("c", null));
        Assert.Equal(("a/1", 3L), await FirstAsync("", null));

        async Task<(string, long)?> FirstAsync(string prefix, string? startAfter) =>
            await lake.FirstAsync(prefix, startAfter, Token) is { } found ? (found.Key, found.Bytes) : null;
    }

    [Fact]
    public async Task Folders_are_listed_by_their_names_alone()
    {
        var lake = await OpenAsync();
        foreach (var key in new[] { "a/s-10/g2/1", "a/s-1/1", "a/s-1/2", "a/s-1.replay/1", "a/stray", "b/s-2/1", "a0/x" })
        {
            await lake.PutAsync(key, new byte[3], PutMode.Overwrite, Token);
        }

        Assert.Equal(["s-1", "s-1.replay", "s-10"], (await lake.ListFoldersAsync("a/", Token)).Order(StringComparer.Ordinal));
        Assert.Equal(["a", "a0", "b"], await lake.ListFoldersAsync("", Token));
        Assert.Equal(["g2"], await lake.ListFoldersAsync("a/s-10/", Token));
        Assert.Empty(await lake.ListFoldersAsync("c/", Token));
    }

    private static byte[] RandomBytes(int count, int seed)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static async Task<byte[]> DrainAsync(Stream stream)
    {
        await using (stream)
        {
            using var content = new MemoryStream();
            await stream.CopyToAsync(content, Token);
            return content.ToArray();
        }
    }

    private static async Task<string> TextAsync(ILake lake, string key) => Encoding.UTF8.GetString(await lake.GetAsync(key, Token));

    private static async Task<LakeObject[]> ListAsync(ILake lake, string prefix) =>
        await lake.ListAsync(prefix, startAfter: null, Token).ToArrayAsync(Token);

    private static async Task<string[]> KeysAsync(ILake lake, string prefix, string? startAfter = null) =>
        await lake.ListAsync(prefix, startAfter, Token).Select(found => found.Key).ToArrayAsync(Token);
}
