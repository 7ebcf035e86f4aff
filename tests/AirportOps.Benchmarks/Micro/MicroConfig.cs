using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace AirportOps.Benchmarks.Micro;

/// <summary>How all micro-benchmarks are run: short, with allocations, results below artifacts/.</summary>
internal static class MicroConfig
{
    internal static IConfig Create() => ManualConfig.CreateEmpty()
        .AddJob(Job.Default
            // A process for each benchmark has to be built: 100 seconds here for one class that runs for 7, on two busy cores.
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithWarmupCount(3)
            .WithIterationCount(8)
            .WithIterationTime(TimeInterval.FromMilliseconds(200)))
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddExporter(MarkdownExporter.GitHub)
        .AddLogger(ConsoleLogger.Default)
        .WithArtifactsPath(RepositoryFolder.Results);
}
