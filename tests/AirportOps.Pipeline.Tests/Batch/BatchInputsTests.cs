using AirportOps.Pipeline.Batch;

namespace AirportOps.Pipeline.Tests.Batch;

public sealed class BatchInputsTests : IDisposable
{
    private static readonly DateTimeOffset Modified = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly BatchScene _scene = new();

    public BatchInputsTests()
    {
        foreach (var name in new[] { "b.jsonl", "a.jsonl", "x/2.jsonl", "x/10.jsonl", "x/y/1.jsonl", "x/y/1.txt", ".hidden/1.jsonl" })
        {
            File.SetLastWriteTimeUtc(_scene.Write(name, [1, 2, 3]), Modified.UtcDateTime);
        }
    }

    public void Dispose() => _scene.Dispose();

    [Theory]
    [InlineData("*.jsonl", "a.jsonl b.jsonl")]
    [InlineData("?.jsonl", "a.jsonl b.jsonl")]
    [InlineData("x/*.jsonl", "x/10.jsonl x/2.jsonl")]
    [InlineData("*/*/1.*", "x/y/1.jsonl x/y/1.txt")]
    [InlineData("**/*.jsonl", "a.jsonl b.jsonl x/10.jsonl x/2.jsonl x/y/1.jsonl")]
    [InlineData("x/**", "x/10.jsonl x/2.jsonl x/y/1.jsonl x/y/1.txt")]
    public void A_glob_finds_files_sorted_by_the_bytes_of_their_paths(string glob, string expected) =>
        Assert.Equal(expected.Split(' '), Find(glob).Select(input => Path.GetRelativePath(_scene.PathOf("."), input.Path)));

    [Fact]
    public void Arguments_keep_their_order_and_a_file_named_twice_is_read_once()
    {
        var inputs = Find("b.jsonl", "*.jsonl", "x/../b.jsonl");

        Assert.Equal(
            [new BatchInput(_scene.PathOf("b.jsonl"), "b.jsonl", 3, Modified), new BatchInput(_scene.PathOf("a.jsonl"), "a.jsonl", 3, Modified)],
            inputs);
    }

    [Theory]
    [InlineData("nothing.jsonl", "is not there; name a file, a glob or - for standard input.")]
    [InlineData("*.csv", "check the pattern, and quote it so that the shell leaves it alone.")]
    [InlineData("none/*.jsonl", "check the pattern, and quote it so that the shell leaves it alone.")]
    [InlineData("x", "/x/**/*.jsonl.gz'.")]
    public void What_finds_nothing_is_told_with_what_to_do(string argument, string expected) =>
        Assert.EndsWith(expected, Assert.Throws<PipelineException>(() => Find(argument)).Message, StringComparison.Ordinal);

    private IReadOnlyList<BatchInput> Find(params string[] arguments) =>
        BatchInputs.Find([.. arguments.Select(_scene.PathOf)], null, TimeProvider.System);
}
