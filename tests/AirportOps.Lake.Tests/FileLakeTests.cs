using System.Diagnostics;
using AirportOps.Reliability;

namespace AirportOps.Lake.Tests;

public sealed class FileLakeTests : IDisposable
{
    private readonly TestDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task An_object_is_the_file_at_its_key()
    {
        var lake = Open();
        await lake.PutAsync("silver/_windows/s/0.json", "{}"u8.ToArray(), PutMode.IfAbsent, Token);

        Assert.Equal("file:" + _directory.PathOf("lake"), lake.Location);
        Assert.Equal("{}", File.ReadAllText(_directory.PathOf("lake/silver/_windows/s/0.json")));
        Assert.Empty(Directory.EnumerateFiles(_directory.PathOf("lake/.uploads")));
    }

    [Fact]
    public async Task Content_that_is_read_can_be_sought()
    {
        var lake = Open();
        await lake.PutAsync("digits", "0123456789"u8.ToArray(), PutMode.Overwrite, Token);

        await using var content = await lake.OpenReadAsync("digits", Token);
        content.Seek(-3, SeekOrigin.End);

        Assert.Equal('7', content.ReadByte());
    }

    [Fact]
    public async Task What_a_killed_upload_left_is_never_listed_and_goes_after_a_day()
    {
        var clock = new FakeClock { Now = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero) };
        FileLake.Open(_directory.PathOf("lake"), clock);
        Leave("yesterday", clock.Now.AddHours(-25));
        Leave("today", clock.Now.AddHours(-23));

        var lake = FileLake.Open(_directory.PathOf("lake"), clock);

        Assert.Empty(await lake.ListAsync("", null, Token).ToArrayAsync(Token));
        Assert.Equal(["today"], Directory.EnumerateFiles(_directory.PathOf("lake/.uploads")).Select(Path.GetFileName));

        void Leave(string name, DateTimeOffset written)
        {
            var path = _directory.PathOf($"lake/.uploads/{name}");
            File.WriteAllText(path, "half an object");
            File.SetLastWriteTimeUtc(path, written.UtcDateTime);
        }
    }

    [Fact]
    public async Task Files_that_no_key_can_name_are_not_listed()
    {
        var lake = Open();
        await lake.PutAsync("a/object", default, PutMode.Overwrite, Token);
        File.WriteAllText(_directory.PathOf("lake/.DS_Store"), "");
        File.WriteAllText(_directory.PathOf("lake/a/.hidden"), "");
        Directory.CreateDirectory(_directory.PathOf("lake/a/.git"));
        File.WriteAllText(_directory.PathOf("lake/a/.git/config"), "");

        Assert.Equal(["a/object"], await lake.ListAsync("", null, Token).Select(found => found.Key).ToArrayAsync(Token));
    }

    [Theory]
    [InlineData(PutMode.Overwrite)]
    [InlineData(PutMode.IfAbsent)]
    public async Task A_key_that_is_a_folder_or_lies_under_an_object_is_refused(PutMode mode)
    {
        var lake = Open();
        await lake.PutAsync("a/b", default, PutMode.Overwrite, Token);

        foreach (var key in (string[])["a", "a/b/c"])
        {
            var error = await Assert.ThrowsAsync<LakeException>(() => lake.PutAsync(key, default, mode, Token));
            Assert.Equal(Fault.Operator, error.Fault);
            Assert.StartsWith($"Can't put '{key}' in the lake '{_directory.PathOf("lake")}': ", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(["a/b"], await lake.ListAsync("", null, Token).Select(found => found.Key).ToArrayAsync(Token));
        Assert.Empty(Directory.EnumerateFiles(_directory.PathOf("lake/.uploads")));
    }

    [Fact]
    public async Task A_reader_keeps_the_content_it_opened()
    {
        var lake = Open();
        await lake.PutAsync("k", "old"u8.ToArray(), PutMode.Overwrite, Token);
        await using var opened = await lake.OpenReadAsync("k", Token);

        await lake.PutAsync("k", "new, and longer"u8.ToArray(), PutMode.Overwrite, Token);
        await lake.DeleteAsync("k", Token);

        using var reader = new StreamReader(opened);
        Assert.Equal("old", await reader.ReadToEndAsync(Token));
    }

    [Fact]
    public async Task Another_process_that_creates_the_object_meanwhile_wins()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Creates a link with coreutils' ln from another process.");
        var lake = Open();
        await using var upload = await lake.CreateAsync("manifest", Token);
        upload.Write("ours"u8);
        File.WriteAllText(_directory.PathOf("theirs"), "theirs");
        using (var other = Process.Start("ln", [_directory.PathOf("theirs"), _directory.PathOf("lake/manifest")]))
        {
            await other.WaitForExitAsync(Token);
        }

        Assert.False(await upload.CompleteAsync(PutMode.IfAbsent, Token));
        Assert.Equal("theirs"u8.ToArray(), await lake.GetAsync("manifest", Token));
    }

    [Fact]
    public void A_file_where_the_lake_should_be_is_an_error_of_the_lake()
    {
        File.WriteAllText(_directory.PathOf("lake"), "");

        var error = Assert.Throws<LakeException>(() => Open());

        Assert.StartsWith($"Can't open the lake '{_directory.PathOf("lake")}': ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_is_named_as_such_and_may_pass()
    {
        const int NoSpace = 28;
        var error = LakeFailure.Of("put 'k' in", "/lake", new IOException("No space left on device : '/lake/.uploads/1'", NoSpace));

        Assert.Equal("Can't put 'k' in the lake '/lake': the disk is full; free space and it goes on.", error.Message);
        Assert.Equal(Fault.Outside, error.Fault);
    }

    private FileLake Open() => FileLake.Open(_directory.PathOf("lake"), TimeProvider.System);
}
