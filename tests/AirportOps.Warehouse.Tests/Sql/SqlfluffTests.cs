using System.Diagnostics;

namespace AirportOps.Warehouse.Tests.Sql;

/// <summary>
/// Redshift's grammar as sqlfluff knows it, over all SQL that Redshift runs. Where it is not installed the test is skipped and says so;
/// Debian has it (<c>apt-get install sqlfluff</c>).
/// </summary>
public sealed class SqlfluffTests
{
    [Fact]
    public async Task Sqlfluff_parses_every_script()
    {
        if (!IsInstalled())
        {
            Assert.Skip("sqlfluff is not installed: the grammar of the SQL was not checked.");
        }

        var folder = TestFolder.Create();
        try
        {
            CopyScripts(folder.FullName);
            // One process for all: it takes a second to start.
            using var sqlfluff = Process.Start(new ProcessStartInfo("sqlfluff", ["lint", "--dialect", "redshift", "--rules", "L001", "--nofail", "--format", "json", folder.FullName])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = sqlfluff.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = await sqlfluff.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await sqlfluff.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.True(sqlfluff.ExitCode == 0, await errors);
            Assert.Empty(Unparsable(folder.FullName, output));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Copies what Redshift runs, but for the comments on tables and columns: hundreds of statements of one form, each a tenth of a second to parse.</summary>
    private static void CopyScripts(string folder)
    {
        var root = Path.Combine(AppContext.BaseDirectory, "warehouse-sql");
        foreach (var file in Directory.EnumerateFiles(root, "*.sql", SearchOption.AllDirectories)
            .Where(file => !file.StartsWith(Path.Combine(root, "postgres"), StringComparison.Ordinal)))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllLines(copy, File.ReadLines(file).Select(line => line.StartsWith("COMMENT ON ", StringComparison.Ordinal) ? "" : line));
        }
    }

    private static List<string> Unparsable(string root, string report)
    {
        using var json = System.Text.Json.JsonDocument.Parse(report);
        return
        [
            .. json.RootElement.EnumerateArray().SelectMany(file => file.GetProperty("violations").EnumerateArray()
                .Where(violation => violation.GetProperty("code").GetString() == "PRS")
                .Select(violation => $"{Path.GetRelativePath(root, file.GetProperty("filepath").GetString()!)} line {violation.GetProperty("line_no")}: {violation.GetProperty("description")}")),
        ];
    }

    private static bool IsInstalled() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "sqlfluff")));
}
