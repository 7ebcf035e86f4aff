using AirportOps.Cli.Output;
using AirportOps.Pipeline;

namespace AirportOps.Cli.Hosting;

/// <summary>The progress of the stages that one process hosts.</summary>
internal sealed class PipelineProgress
{
    internal StageProgress Bronze { get; } = new("bronze");

    internal StageProgress Silver { get; } = new("silver");

    internal StageProgress Load { get; } = new("load");

    internal StageProgress Gold { get; } = new("gold");

    /// <summary>The progress of some stages, in the order in which data goes through them.</summary>
    internal IReadOnlyList<StageProgress> Of(PipelineStages stages) => [.. All().Where(stage => stages.HasFlag(stage.Flag)).Select(stage => stage.Progress)];

    /// <summary>What some stages did, a result each.</summary>
    internal Result ToResult(PipelineStages stages)
    {
        var result = new Result();
        foreach (var stage in Of(stages).Select(stage => stage.Snapshot()))
        {
            result[stage.Stage] = new Result
            {
                ["records"] = stage.Records,
                ["events"] = stage.Events,
                ["rows"] = stage.Rows,
                ["duplicates"] = stage.Duplicates,
                ["refused"] = stage.Refused,
                ["outputs"] = stage.Outputs,
                ["bytes"] = stage.Bytes,
                ["late"] = stage.Late,
                ["watermark"] = stage.Watermark,
            };
        }

        return result;
    }

    private IEnumerable<(PipelineStages Flag, StageProgress Progress)> All() =>
        [(PipelineStages.Bronze, Bronze), (PipelineStages.Silver, Silver), (PipelineStages.Load, Load), (PipelineStages.Gold, Gold)];
}
