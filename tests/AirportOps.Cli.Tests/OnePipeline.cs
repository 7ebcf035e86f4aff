namespace AirportOps.Cli.Tests;

/// <summary>Tests that look at one run of the pipeline, one after another; each leaves it as it was.</summary>
[CollectionDefinition]
public sealed class OnePipeline : ICollectionFixture<PipelineFixture>;
