using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AirportOps.Cli.Commands;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Output;

namespace AirportOps.Cli.Tests;

/// <summary>What documents tell people to type is there: verbs, options, settings, names of Terraform.</summary>
public sealed partial class DocumentedCommandsTests
{
    private static readonly RootCommand Program = CommandLine.Create(new VerbHost(TextWriter.Null, new LiveConsole(TextWriter.Null, null), TimeProvider.System), Verbs.All);

    public static TheoryData<string> Documents => ["docs/deploy.md", "docs/containers.md", "docs/aws.md", "docs/quarantine.md", "docs/damages.md", "docs/own-events.md", "README.md", "compose.yaml"];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_command_in_a_document_is_one_that_the_program_takes(string document)
    {
        var commands = Commands(Read(document)).ToArray();

        Assert.NotEmpty(commands);
        Assert.All(commands, command => Assert.True(
            Program.Parse(command).Errors.Count == 0, $"{string.Join(' ', command)}: {string.Join(' ', Program.Parse(command).Errors.Select(error => error.Message))}"));
    }

    [Theory]
    [InlineData("```sh\n./airportops statsu\n```", false)]
    [InlineData("`./airportops status --no-warehose`", false)]
    [InlineData("```sh\ndocker compose exec pipeline airportops health --withn 3\n```", false)]
    [InlineData("command: [simulate, --endles]", false)]
    [InlineData("```sh\nx=1 && ./airportops status --lake \"s3://$(terraform output -raw x)\"   # and more\n```", true)]
    public void A_command_that_is_not_there_is_found(string text, bool isThere) =>
        Assert.Equal(isThere, Program.Parse(Assert.Single(Commands(text))).Errors.Count == 0);

    [Theory]
    [InlineData("docs/deploy.md")]
    [InlineData("docs/containers.md")]
    [InlineData("compose.yaml")]
    [InlineData("Dockerfile")]
    public void Every_setting_in_a_document_is_in_the_reference(string document)
    {
        var known = ReferenceKeys().Append("PG_BIN").Select(key => "AIRPORTOPS_" + key).ToHashSet(StringComparer.Ordinal);

        Assert.Subset(known, Settings(Read(document)).ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public void A_setting_that_is_not_there_is_found() =>
        Assert.Equal(["AIRPORTOPS_HEALTH__FIEL"], Settings("`AIRPORTOPS_HEALTH__FILE` AIRPORTOPS_HEALTH__FIEL AIRPORTOPS_*").Except(ReferenceKeys().Select(key => "AIRPORTOPS_" + key)));

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void Every_input_and_output_of_Terraform_that_deploy_names_is_there(string environment)
    {
        var folder = PathOf(Path.Combine("infra-terraform", "envs", environment));
        var text = Read("docs/deploy.md");

        var (inputs, outputs) = (Declared(folder, "variable"), Declared(folder, "output"));

        Assert.Empty(Inputs(text).Except(inputs));
        Assert.Empty(Outputs(text).Except(outputs));
        Assert.Contains("repository_url", Outputs(text));
        Assert.Contains("unique_suffix", Inputs(text));
    }

    [Fact]
    public void Every_command_that_a_task_of_Terraform_runs_is_one_that_the_program_takes()
    {
        var lines = Read("infra-terraform/modules/platform/tasks.tf").Split('\n').Where(line => line.Contains("command ", StringComparison.Ordinal));
        var commands = lines.SelectMany(line => TaskCommand().Matches(line)).Select(list => WordOrNumber().Matches(list.Value).Select(word => word.Value.Trim('"')).ToArray()).ToArray();

        Assert.Contains(commands, command => command[0] == "simulate");
        Assert.Contains(commands, command => command[0] == "health");
        Assert.All(commands, command => Assert.True(Program.Parse(Numbered(command)).Errors.Count == 0, string.Join(' ', command)));

        static string[] Numbered(string[] words) => [.. words.Select(word => word.StartsWith("tostring", StringComparison.Ordinal) ? "0.5" : word)];
    }

    [Fact]
    public void Names_of_Terraform_are_found_wherever_the_document_uses_them()
    {
        Assert.Equal(["services_enabled", "image_tag", "alert_email"], Inputs("apply -var services_enabled=false -var image_tag=1\n| `alert_email` | x |"));
        Assert.Equal(["a_url", "b", "c"], Outputs("terraform -chdir=$root output -raw a_url; $(out b | jq -r .); `out c`; terraform output -json c"));
    }

    /// <summary>Command lines of the program: behind <c>airportops</c> in blocks and in backticks, and <c>command:</c> lists of YAML.</summary>
    private static IEnumerable<string[]> Commands(string text)
    {
        foreach (Match list in YamlCommand().Matches(text).Where(list => !list.Groups[1].Value.EndsWith(".js", StringComparison.Ordinal)))
        {
            yield return [.. list.Groups[1].Value.Split(',').Select(word => word.Trim().Trim('"'))];
        }

        var blocks = Block().Matches(text).Select(match => match.Groups[1].Value).Concat(Indented().Matches(text).Select(match => match.Groups[1].Value));
        var inline = Inline().Matches(Block().Replace(text, string.Empty)).Select(match => match.Groups[1].Value);
        foreach (var line in blocks.SelectMany(block => block.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')).Concat(inline))
        {
            foreach (Match start in Start().Matches(line))
            {
                var words = Words(line[(start.Index + start.Length)..]);
                if (words is [not ['-', ..] and not ['…', ..], ..] && char.IsLower(words[0][0]))
                {
                    yield return [.. words.Where(word => word != "…" && !word.StartsWith('['))];
                }
            }
        }
    }

    /// <summary>Splits as a shell does, up to what ends a command; what is substituted stays as it is.</summary>
    private static string[] Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (quote, depth, hasWord) = ('\0', 0, false);
        foreach (var c in text)
        {
            if (quote == '\0' && depth == 0 && (c is '|' or '&' or ';' or '>' or ')' || (c == '#' && word.Length == 0)))
            {
                break;
            }

            depth += c == '(' ? 1 : c == ')' && depth > 0 ? -1 : 0;
            if (depth == 0 && quote == '\0' && c == ' ')
            {
                Flush();
            }
            else if (depth == 0 && c != ')' && (c == quote || (quote == '\0' && c is '"' or '\'')))
            {
                (quote, hasWord) = (quote == '\0' ? c : '\0', true);
            }
            else
            {
                word.Append(c);
            }
        }

        Flush();
        return [.. words];

        void Flush()
        {
            if (word.Length > 0 || hasWord)
            {
                words.Add(word.ToString());
            }

            word.Clear();
            hasWord = false;
        }
    }

    private static IEnumerable<string> Settings(string text) => Setting().Matches(text).Select(match => match.Value);

    private static HashSet<string> Inputs(string text) =>
        [.. Variable().Matches(text).Select(match => match.Groups[1].Value), .. InputRow().Matches(text).Select(match => match.Groups[1].Value)];

    private static HashSet<string> Outputs(string text) => [.. Output().Matches(text).Select(match => match.Groups[1].Value)];

    private static HashSet<string> Declared(string folder, string kind) => Directory.EnumerateFiles(folder, "*.tf")
        .SelectMany(file => Regex.Matches(File.ReadAllText(file), $"^{kind} \"([a-z_]+)\"", RegexOptions.Multiline))
        .Select(match => match.Groups[1].Value)
        .ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> ReferenceKeys()
    {
        using var document = JsonDocument.Parse(Read("docs/settings/reference.json"), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        return Keys(document.RootElement).ToArray();

        static IEnumerable<string> Keys(JsonElement element) => element.EnumerateObject().SelectMany(member => member.Value.ValueKind == JsonValueKind.Object
            ? Keys(member.Value).Select(key => $"{member.Name.ToUpperInvariant()}__{key}")
            : [member.Name.ToUpperInvariant()]);
    }

    private static string Read(string document) => File.ReadAllText(PathOf(document));

    private static string PathOf(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "AirportOps.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, path);
    }

    [GeneratedRegex(@"^```sh\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex("^    (.*)$", RegexOptions.Multiline)]
    private static partial Regex Indented();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Inline();

    [GeneratedRegex(@"(?:^|[ (=&;])(?:\./airportops|pipeline airportops|airportops:\d+\.\d+\.\d+|(?<=^)airportops) ")]
    private static partial Regex Start();

    [GeneratedRegex(@"command: \[(.+)\]")]
    private static partial Regex YamlCommand();

    [GeneratedRegex(@"\[""[^\]]+\]")]
    private static partial Regex TaskCommand();

    [GeneratedRegex(@"""[^""]+""|tostring\([^)]*\)")]
    private static partial Regex WordOrNumber();

    [GeneratedRegex(@"AIRPORTOPS_[A-Z_]*[A-Z]")]
    private static partial Regex Setting();

    [GeneratedRegex(@"-var '?([a-z_]+)=")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^\| `([a-z_]+)` \|", RegexOptions.Multiline)]
    private static partial Regex InputRow();

    [GeneratedRegex(@"(?:output -(?:raw|json) |\$\(out |`out )([a-z_]+)\b")]
    private static partial Regex Output();
}
