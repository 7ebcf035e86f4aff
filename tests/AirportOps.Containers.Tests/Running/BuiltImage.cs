using System.Security.Cryptography;
using System.Text;
using AirportOps.Containers.Tests.Rules;
using AirportOps.Containers.Tests.Running;

[assembly: AssemblyFixture(typeof(BuiltImage))]

namespace AirportOps.Containers.Tests.Running;

/// <summary>
/// The image that the Dockerfile describes, built by doing what its instructions say: the same files copied, the same commands run, on this machine's SDK
/// instead of the SDK's image, onto <see cref="BaseImage"/>. Built once, and again when a file that goes into it changes.
/// </summary>
public sealed class BuiltImage
{
    private readonly Lazy<Task<string>> _root = new(BuildAsync);
    private readonly Dockerfile _dockerfile = Dockerfile.Parse(File.ReadAllText(Repository.PathOf("Dockerfile")));

    /// <summary>The stage that is the image.</summary>
    internal BuildStage Image => _dockerfile.Image;

    private static string Folder => Repository.PathOf("artifacts", "containers");

    /// <summary>The image's file system; the test is skipped unless it was asked for, since building takes minutes and running takes root.</summary>
    internal Task<string> RootAsync()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("AIRPORTOPS_CONTAINERS") == "1", "./dev containers builds the image and runs this");
        Assert.True(Environment.UserName == "root" && OperatingSystem.IsLinux(), "running the image without a container engine takes Linux and root");
        return _root.Value;
    }

    private static async Task<string> BuildAsync()
    {
        var dockerfile = Dockerfile.Parse(await File.ReadAllTextAsync(Repository.PathOf("Dockerfile")));
        var context = BuildContext.Open(Repository.Root);
        var root = Path.Combine(Folder, dockerfile.Image.Name!);
        var stamp = Path.Combine(Folder, "stamp");
        var content = Digest(dockerfile, context);
        if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp) == content)
        {
            return root;
        }

        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        foreach (var stage in dockerfile.Stages)
        {
            var folder = Path.Combine(Folder, stage.Name!);
            Directory.CreateDirectory(folder);
            if (stage == dockerfile.Image)
            {
                BaseImage.Create(folder);
            }

            await ExecuteAsync(stage, folder, context);
        }

        await File.WriteAllTextAsync(stamp, content);
        return root;
    }

    private static async Task ExecuteAsync(BuildStage stage, string folder, BuildContext context)
    {
        var work = folder;
        foreach (var instruction in stage.Instructions)
        {
            switch (instruction.Name)
            {
                case "WORKDIR":
                    work = Path.Combine(folder, instruction.Text.TrimStart('/'));
                    Directory.CreateDirectory(work);
                    break;
                case "COPY" when instruction.Flag("from") is { } from:
                    var (source, target) = (Path.Combine(Folder, from, instruction.Words[0].TrimStart('/')), Path.Combine(folder, instruction.Words[1].Trim('/')));
                    await Shell.RunAsync($"mkdir -p '{target}' && cp -a '{source}/.' '{target}' && chown -R {instruction.Flag("chown") ?? "0:0"} '{target}'", folder);
                    break;
                case "COPY":
                    foreach (var name in instruction.Words.SkipLast(1))
                    {
                        Copy(context, name, Path.Combine(work, instruction.Words[^1]));
                    }

                    break;
                case "RUN":
                    await Shell.RunAsync(instruction.Text, work, stage.Environment);
                    break;
            }
        }
    }

    private static void Copy(BuildContext context, string source, string target)
    {
        foreach (var file in context.Files(source))
        {
            // A file goes into the target, a folder's content becomes the target's.
            var to = Path.Combine(target, file == source ? Path.GetFileName(file) : Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(Repository.PathOf(file), to);
        }
    }

    private static string Digest(Dockerfile dockerfile, BuildContext context)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(File.ReadAllBytes(Repository.PathOf("Dockerfile")));
        var sources = dockerfile.Stages.SelectMany(stage => stage.Instructions)
            .Where(instruction => instruction.Name == "COPY" && instruction.Flag("from") is null)
            .SelectMany(instruction => instruction.Words.SkipLast(1));
        foreach (var file in sources.SelectMany(context.Files).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file));
            hash.AppendData(File.ReadAllBytes(Repository.PathOf(file)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
