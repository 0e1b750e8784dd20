using System.Text.Json.Serialization;
using RanCognition.Contracts;

namespace RanCognition.Json;

/// <summary>The one source-generated context: every record that a call of the library takes or gives. Records whose JSON has another shape have a converter.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    Converters =
    [
        typeof(NumberOrNullConverter), typeof(NumberMapConverter), typeof(ArrayMapConverter), typeof(TaskTypeConverter),
        typeof(ProblemOutcomeConverter), typeof(MetricSeriesConverter), typeof(OptimizedTimelineConverter), typeof(TaskResultConverter),
        typeof(MemoryPoolStatsConverter), typeof(ModuleInterfacesConverter), typeof(ModuleMemoryConverter), typeof(SchedulerSnapshotConverter),
        typeof(RanProblemConverter), typeof(TimelineConverter), typeof(TaskSpecConverter), typeof(SchedulerOptionsConverter), typeof(LoaderOptionsConverter),
        typeof(TemporalOptionsConverter), typeof(MemoryPoolOptionsConverter), typeof(MemoryOptionsConverter), typeof(EpisodeConverter), typeof(EpisodeUpdateConverter),
        typeof(RecallQueryConverter), typeof(MemoryAnalysisConverter), typeof(ConfigurationChangeConverter), typeof(StoreResultConverter), typeof(UpdateResultConverter),
        typeof(MemoryAnalysisResultConverter), typeof(EpisodeFilterConverter), typeof(MemoryOperationConverter), typeof(DurabilityConverter), typeof(DistanceMetricConverter),
        typeof(OptimizationOptionsConverter), typeof(OptimizationProblemConverter), typeof(OptimizationOperationConverter), typeof(NetworkModelConverter),
        typeof(OptimizationResultConverter), typeof(NetworkEvaluationConverter), typeof(SearchStopConverter), typeof(BoundKindConverter), typeof(CountMapConverter), typeof(ExpectedMapConverter),
        typeof(StrangeLoopOptionsConverter), typeof(FixedPointRequestConverter), typeof(LoopObservationConverter), typeof(ConflictRequestConverter), typeof(StrangeLoopOperationConverter),
        typeof(FixedPointResultConverter), typeof(LoopReplyConverter), typeof(ConflictReportConverter), typeof(StrangeLoopStateConverter), typeof(CorrectedMapConverter), typeof(GainMapConverter),
        typeof(CognitiveOptionsConverter), typeof(DecisionProblemConverter), typeof(DecisionOutcomeConverter), typeof(DecisionConverter), typeof(OutcomeReplyConverter),
        typeof(RollbackReplyConverter), typeof(QuantilesMapConverter), typeof(MeasurementFormatConverter), typeof(WhatIfQuestionConverter), typeof(CognitiveOperationConverter),
    ])]
[JsonSerializable(typeof(RuntimeInfo))]
[JsonSerializable(typeof(PerformanceMetrics))]
[JsonSerializable(typeof(TemporalAnalysisResult))]
[JsonSerializable(typeof(ParallelTemporalAnalysisResult))]
[JsonSerializable(typeof(IReadOnlyList<TemporalPattern>))]
[JsonSerializable(typeof(List<TemporalPattern>))]
[JsonSerializable(typeof(TemporalPattern[]))]
[JsonSerializable(typeof(IReadOnlyList<TemporalPrediction>))]
[JsonSerializable(typeof(List<TemporalPrediction>))]
[JsonSerializable(typeof(TemporalPrediction[]))]
[JsonSerializable(typeof(OptimizedTimeline))]
[JsonSerializable(typeof(ExecutionResults))]
[JsonSerializable(typeof(QueueStatus))]
[JsonSerializable(typeof(SchedulerSnapshot))]
[JsonSerializable(typeof(ModuleInterfaces))]
[JsonSerializable(typeof(ModuleMemory))]
[JsonSerializable(typeof(MemoryPoolStats))]
[JsonSerializable(typeof(RanProblem))]
[JsonSerializable(typeof(IReadOnlyList<RanProblem>))]
[JsonSerializable(typeof(List<RanProblem>))]
[JsonSerializable(typeof(RanProblem[]))]
[JsonSerializable(typeof(IReadOnlyList<Constraint>))]
[JsonSerializable(typeof(List<Constraint>))]
[JsonSerializable(typeof(Constraint[]))]
[JsonSerializable(typeof(Timeline))]
[JsonSerializable(typeof(TaskSpec))]
[JsonSerializable(typeof(SchedulerOptions))]
[JsonSerializable(typeof(LoaderOptions))]
[JsonSerializable(typeof(TemporalOptions))]
[JsonSerializable(typeof(MemoryPoolOptions))]
[JsonSerializable(typeof(MemoryOptions))]
[JsonSerializable(typeof(Episode))]
[JsonSerializable(typeof(IReadOnlyList<Episode>))]
[JsonSerializable(typeof(List<Episode>))]
[JsonSerializable(typeof(Episode[]))]
[JsonSerializable(typeof(EpisodeUpdate))]
[JsonSerializable(typeof(RecallQuery))]
[JsonSerializable(typeof(EpisodeFilter))]
[JsonSerializable(typeof(MemoryAnalysis))]
[JsonSerializable(typeof(MemoryOperation))]
[JsonSerializable(typeof(StoreResult))]
[JsonSerializable(typeof(UpdateResult))]
[JsonSerializable(typeof(RecallResult))]
[JsonSerializable(typeof(MemoryAnalysisResult))]
[JsonSerializable(typeof(MemoryStats))]
[JsonSerializable(typeof(OptimizationOptions))]
[JsonSerializable(typeof(OptimizationProblem))]
[JsonSerializable(typeof(OptimizationOperation))]
[JsonSerializable(typeof(OptimizationResult))]
[JsonSerializable(typeof(NetworkModel))]
[JsonSerializable(typeof(NetworkEvaluation))]
[JsonSerializable(typeof(ExpectedChange))]
[JsonSerializable(typeof(StrangeLoopOptions))]
[JsonSerializable(typeof(FixedPointRequest))]
[JsonSerializable(typeof(FixedPointResult))]
[JsonSerializable(typeof(LoopObservation))]
[JsonSerializable(typeof(LoopReply))]
[JsonSerializable(typeof(ConflictRequest))]
[JsonSerializable(typeof(ConflictReport))]
[JsonSerializable(typeof(StrangeLoopState))]
[JsonSerializable(typeof(StrangeLoopOperation))]
[JsonSerializable(typeof(CognitiveOptions))]
[JsonSerializable(typeof(DecisionProblem))]
[JsonSerializable(typeof(DecisionOutcome))]
[JsonSerializable(typeof(Decision))]
[JsonSerializable(typeof(OutcomeReply))]
[JsonSerializable(typeof(RollbackReply))]
[JsonSerializable(typeof(CognitiveState))]
[JsonSerializable(typeof(IngestReport))]
[JsonSerializable(typeof(ReplayReport))]
[JsonSerializable(typeof(WhatIfQuestion))]
[JsonSerializable(typeof(CognitiveOperation))]
[JsonSerializable(typeof(System.Text.Json.JsonElement))]
[JsonSerializable(typeof(MetricSeriesShape))]
[JsonSerializable(typeof(OptimizedTimelineShape))]
[JsonSerializable(typeof(TaskResultShape))]
[JsonSerializable(typeof(MemoryPoolShape))]
[JsonSerializable(typeof(ModuleInterfacesShape))]
[JsonSerializable(typeof(ModuleMemoryShape))]
[JsonSerializable(typeof(StoreResultShape))]
[JsonSerializable(typeof(UpdateResultShape))]
[JsonSerializable(typeof(MemoryAnalysisResultShape))]
[JsonSerializable(typeof(OptimizationResultShape))]
[JsonSerializable(typeof(NetworkEvaluationShape))]
[JsonSerializable(typeof(FixedPointShape))]
[JsonSerializable(typeof(LoopReplyShape))]
[JsonSerializable(typeof(CorrectedShape))]
[JsonSerializable(typeof(ConflictReportShape))]
[JsonSerializable(typeof(DecisionShape))]
[JsonSerializable(typeof(QuantilesShape))]
[JsonSerializable(typeof(OutcomeReplyShape))]
[JsonSerializable(typeof(RollbackReplyShape))]
[JsonSerializable(typeof(WhatIfQuestionShape))]
internal sealed partial class ContractContext : JsonSerializerContext;
