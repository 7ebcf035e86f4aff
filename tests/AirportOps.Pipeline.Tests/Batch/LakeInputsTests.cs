using AirportOps.Lake;
using AirportOps.Pipeline.Batch;

namespace AirportOps.Pipeline.Tests.Batch;

public sealed class LakeInputsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("raw/2026/b", "raw/2026/b")]
    [InlineData("raw/2026", "raw/2026/a.gz raw/2026/b raw/2026/x/a.gz")]
    [InlineData("raw/2026/", "raw/2026/a.gz raw/2026/b raw/2026/x/a.gz")]
    [InlineData("", "other raw/2026/a.gz raw/2026/b raw/2026/x/a.gz raw/2027/a.gz")]
    [InlineData("raw/*/a.gz", "raw/2026/a.gz raw/2027/a.gz")]
    [InlineData("raw/202?/**/*.gz", "raw/2026/a.gz raw/2026/x/a.gz raw/2027/a.gz")]
    [InlineData("**", "other raw/2026/a.gz raw/2026/b raw/2026/x/a.gz raw/2027/a.gz")]
    public async Task An_object_a_folder_or_a_glob_names_objects_in_the_order_of_their_keys(string pattern, string expected)
    {
        var lake = await LakeAsync();

        var inputs = await LakeInputs.FindAsync(lake, pattern, null, Token);

        Assert.Equal(expected, string.Join(' ', inputs.Select(input => input.Key)));
        Assert.All(inputs, input => Assert.Equal(
            ($"{lake.Location}/{input.Key}", Path.GetFileName(input.Key), 1, lake), (input.Path, input.Name, input.Bytes, input.Lake)));
    }

    [Theory]
    [InlineData("ra", "there is no object or folder {0}/ra; name an object, a folder or a glob.")]
    [InlineData("raw/*", "no object matches {0}/raw/*; check the pattern, and quote it so that the shell leaves it alone.")]
    public async Task What_names_nothing_is_told(string pattern, string expected)
    {
        var lake = await LakeAsync();

        var failure = await Assert.ThrowsAsync<PipelineException>(() => LakeInputs.FindAsync(lake, pattern, null, Token));

        Assert.Equal(string.Format(System.Globalization.CultureInfo.InvariantCulture, expected, lake.Location), failure.Message);
    }

    private async Task<FileLake> LakeAsync()
    {
        var lake = FileLake.Open(_folder.Path, TimeProvider.System);
        string[] objects = ["raw/2026/b", "raw/2026/a.gz", "raw/2026/x/a.gz", "raw/2027/a.gz", "other"];
        string[] besideRecords = ["raw/2026/_shards/s/a.json", "raw/2026/x/a-1-9.gap.json"];
        foreach (var key in objects.Concat(besideRecords))
        {
            await lake.PutAsync(key, new byte[1], PutMode.Overwrite, Token);
        }

        await lake.PutAsync("raw/2026/empty", default, PutMode.Overwrite, Token);
        return lake;
    }
}
