using RanCognition.Contracts;

namespace RanCognition.Tests.Cognition.Json;

/// <summary>Values of all kinds by chance, from a seed.</summary>
internal sealed class CognitionRandom(int seed)
{
    private static readonly string[] Words = ["NRCellDU=1", "NRCellRelation=1-2", "MM.HoExeInterReq", "a/b", "é ü 漢", "\"quoted\" \\ \u0001", "x.y [0]", "RRU.PrbTotDl"];

    private readonly Random _random = new(seed);

    public int Below(int most) => _random.Next(most);

    public bool Coin() => _random.Next(2) == 0;

    public string Word() => Words[_random.Next(Words.Length)];

    public string Name(int index) => Word() + index;

    public ulong Whole() => _random.Next(4) switch { 0 => ulong.MaxValue, 1 => 0, 2 => (ulong)_random.NextInt64(), _ => (ulong)_random.Next(1000) };

    /// <summary>Any finite double, bits at random.</summary>
    public double Number()
    {
        double value = _random.Next(4) switch
        {
            0 => _random.Next(-1000, 1000),
            1 => _random.NextDouble(),
            2 => -0.0,
            _ => BitConverter.Int64BitsToDouble(_random.NextInt64(long.MinValue, long.MaxValue)),
        };
        return double.IsFinite(value) ? value : double.Epsilon;
    }

    public double? NumberOrNull() => Coin() ? Number() : null;

    public bool? TruthOrNull() => _random.Next(3) switch { 0 => null, 1 => true, _ => false };

    public MetadataValue? Value() => _random.Next(7) switch
    {
        0 => null,
        1 => MetadataValue.Nothing.Instance,
        2 => Coin(),
        3 => Word(),
        4 => ulong.MaxValue - (ulong)_random.Next(5000),
        5 => new MetadataValue.Number(0.1, "0.1000000000000000055511151231257827"),
        _ => Number(),
    };

    public IReadOnlyList<ConfigurationChange> Changes()
    {
        List<ConfigurationChange> changes = [];
        for (int i = _random.Next(4); i > 0; i--)
        {
            changes.Add(new ConfigurationChange(Word(), Word(), Value(), Value()));
        }
        return changes;
    }

    public IReadOnlyList<string> Texts()
    {
        List<string> texts = [];
        for (int i = _random.Next(4); i > 0; i--)
        {
            texts.Add(Word());
        }
        return texts;
    }

    public IReadOnlyList<KeyValuePair<string, double>> Numbers(bool withUnknown = false)
    {
        List<KeyValuePair<string, double>> numbers = [];
        for (int i = _random.Next(5); i > 0; i--)
        {
            numbers.Add(new(Name(i), withUnknown && _random.Next(5) == 0 ? double.NaN : Number()));
        }
        return numbers;
    }

    public IReadOnlyList<KeyValuePair<string, ulong>> Counts()
    {
        List<KeyValuePair<string, ulong>> counts = [];
        for (int i = _random.Next(5); i > 0; i--)
        {
            counts.Add(new(Name(i), Whole()));
        }
        return counts;
    }

    public IReadOnlyList<MetricExpectation> Expected()
    {
        List<MetricExpectation> expected = [];
        for (int i = _random.Next(4); i > 0; i--)
        {
            expected.Add(new MetricExpectation { Metric = Name(i), P10 = NumberOrNull(), P50 = NumberOrNull(), P90 = NumberOrNull() });
        }
        return expected;
    }

    public IReadOnlyList<IgnoredField> Ignored()
    {
        List<IgnoredField> ignored = [];
        for (int i = _random.Next(3); i > 0; i--)
        {
            ignored.Add(new IgnoredField("/" + Word(), Word()));
        }
        return ignored;
    }

    public DecisionRecord Record() => new()
    {
        Id = Math.Max(1, Whole()), TimeNs = Whole(), NetworkId = Coin() ? "" : Word(), ProblemType = Coin() ? "" : Word(), Mode = (DecisionMode)_random.Next(3), CauseName = Word(), ManagedObject = Coin() ? "" : Word(),
        Actions = Changes(), Targets = Texts(), Expected = Expected(), Before = Numbers(withUnknown: true), Situation = Numbers(), RawConfidence = Number(), Confidence = Number(),
        NothingConfidence = Coin() ? double.NaN : Number(), RollbackCondition = Coin() ? null : Word(), ObserveNs = Whole(), Vetoes = Texts(), Status = (DecisionStatus)_random.Next(4), Executed = TruthOrNull(),
        ReportSequence = Whole(), ReportedNs = Coin() ? null : Whole(), Observed = Numbers(), TargetsHeld = TruthOrNull(),
    };

    /// <summary>Each by its own name once, as the names are members of an object.</summary>
    public IReadOnlyList<AttributeSetting> Settings()
    {
        List<AttributeSetting> settings = [];
        for (int i = _random.Next(5); i > 0; i--)
        {
            if (Value() is { } value and not MetadataValue.Nothing)
            {
                settings.Add(new AttributeSetting(Name(i / 2), Name(i), value));
            }
        }
        return [.. settings.OrderByDescending(s => s.ManagedObject, StringComparer.Ordinal)];
    }

    public GuardSettings Guards() => new()
    {
        InsufficientSamples = true, MinAttempts = Math.Abs(Number()), Pacing = true, PacingNs = Whole(), AtBound = true, Bounds = [new(Name(0), (-1.5, 2)), new(Name(1), (3, 3))],
        MaxChange = true, MaxChanges = [new(Name(0), Math.Abs(Number()))], LowConfidence = true, MinConfidence = _random.NextDouble(), TargetAsleep = Coin(), TargetRecentlyWoken = true, WokenNs = Whole(),
        Conflict = Coin(), AllowedAttributes = Coin() ? null : Texts(),
    };

    /// <summary>A question whose every member is as reading gives it.</summary>
    public DecisionProblem Question() => new()
    {
        Problem = new RanProblem
        {
            Id = Word(), NetworkId = Word(), ProblemType = Word(), CurrentState = Numbers(), Objectives = Texts(), Constraints = Texts(), HorizonNs = Coin() ? null : Whole(),
            History = Coin() ? [] : [new(Name(1), new MetricHistory { StartNs = 5, StepNs = Whole() / 8, Values = [Number(), double.NaN, Number()] }), new(Name(2), new MetricHistory { TimesNs = [1, 1, 7], Values = [1, 2, 3] })],
            DeadlineNs = Coin() ? null : Whole(), Seed = Coin() ? null : Whole(), IncludeTimeline = Coin(),
        },
        Mode = (DecisionMode)_random.Next(3),
        Candidates = Coin() ? null : [[], [new ConfigurationChange(Word(), Word(), Value(), Number())], [new ConfigurationChange(Word(), "a", null, Word()), new ConfigurationChange(Word(), "b", null, Coin())]],
        Guards = Guards(), Protected = Texts(), Configuration = Settings(), TimeNs = Coin() ? null : Whole(), ObserveNs = Coin() ? null : Whole(), RollbackCondition = Coin() ? null : Word(),
        TargetProbability = _random.NextDouble(),
        Commands = Coin() ? [] : [new ControlCommand { Source = Word(), TargetParameter = Word(), TargetValue = "1.5", TargetNumber = 1.5, TargetCell = Word(), StartNs = Whole(), SpanNs = Whole() }],
        Intent = Coin() ? null : new NetworkIntent
        {
            Id = Word(),
            Expectations =
            [
                new IntentExpectation
                {
                    Id = Word(), Objects = Texts(), Targets = [new IntentTarget { Name = Word(), Condition = Word(), Values = [Number(), Number()], Place = "/intent/intentExpectations/0/expectationTargets/0" }],
                },
                new IntentExpectation(),
            ],
        },
    };

    private CauseFinding Cause() => new()
    {
        Name = Word(), Confidence = Number(), ManagedObject = Coin() ? "" : Word(), Metric = Coin() ? null : Word(), Samples = Number(),
        Tests = Coin() ? [] : [new CauseTest { Name = Word(), Metric = Word(), Value = NumberOrNull(), Limit = NumberOrNull(), PValue = NumberOrNull(), Holds = Coin() }],
    };

    /// <summary>Changes of which a value is known or null.</summary>
    private IReadOnlyList<ConfigurationChange> Actions() => [.. Changes().Select(c => c with { Before = Known(c.Before), After = Known(c.After) })];

    private static MetadataValue? Known(MetadataValue? value) => value is MetadataValue.Nothing ? null : value;

    private IReadOnlyList<ConfigurationChange> Restore() => [.. Actions().Select(c => c with { Before = null })];

    public Decision Decision() => new()
    {
        DecisionId = Whole(), Mode = (DecisionMode)_random.Next(3), ProblemType = Word(), TimeNs = Whole(), Seed = Whole(), Cause = Cause(), Causes = Coin() ? [] : [Cause(), Cause()], Actions = Actions(),
        Reason = Word(), Expected = Expected(), Confidence = Coin() ? double.NaN : Number(), Sensitivities = Numbers(withUnknown: true), ConsciousnessLevel = NumberOrNull(), Ignored = Ignored(), ExecutionTime = Whole(),
        Alternatives = Coin() ? [] : [new DecisionAlternative { Actions = Actions(), Expected = Expected(), PAllTargets = Number(), Source = Word(), Vetoes = Texts() }, new DecisionAlternative()],
        Targets = Coin() ? [] : [new TargetOutlook { Id = Word(), Expression = Word(), Probability = NumberOrNull() }],
        Similar = Coin() ? [] : [new SimilarCase { Id = Whole(), Distance = Number(), Outcome = Numbers(), Action = Actions(), Success = TruthOrNull() }],
        Guards = Coin() ? [] : [new GuardVerdict { Name = Word(), Passed = Coin(), Reason = Word(), Vetoed = Actions() }],
        Rollback = new RollbackPlan { Condition = Coin() ? null : Word(), ObserveNs = Whole(), Restore = Restore() },
        Explanation = Coin() ? [] : [new ExplanationSentence(Word(), Texts())],
        Timing = new StageTimes { Recall = Whole(), Forecast = Whole(), Optimise = Whole(), Whatif = Whole(), Guards = Whole() },
        Infeasible = Coin() ? null : Texts(),
    };

    public OutcomeReply OutcomeReply()
    {
        OutcomeVerdict verdict = (OutcomeVerdict)_random.Next(3);
        return new OutcomeReply
        {
            DecisionId = Whole(), Verdict = verdict, Reason = Word(), Restore = verdict == OutcomeVerdict.RollBack ? Restore() : null, Surprise = NumberOrNull(), TargetsHeld = TruthOrNull(), Ignored = Ignored(),
            ExecutionTime = Whole(),
        };
    }

    public RollbackReply RollbackReply() => new() { DecisionId = Whole(), Restore = Restore(), ExecutionTime = Whole() };

    public CognitiveState State() => new()
    {
        ConsciousnessLevel = NumberOrNull(), Coverage = NumberOrNull(), Regret = NumberOrNull(), Decisions = Counts(), Vetoes = Counts(), Episodes = Whole(), HistorySamples = Whole(), Ignored = Ignored(), ExecutionTime = Whole(),
        Calibration = new CalibrationReport
        {
            Ece = NumberOrNull(), Brier = NumberOrNull(), Count = Whole(),
            Bins = Coin() ? [] : [new ReliabilityBin { Lower = Number(), Upper = Number(), Count = Whole(), Confidence = NumberOrNull(), Held = NumberOrNull() }],
        },
        Integration = new IntegrationReport { Phi = NumberOrNull(), Partition = Coin() ? [] : [Texts(), Texts()], Samples = _random.Next(), Exact = Coin(), Reason = Coin() ? null : Word() },
    };

    public IngestReport IngestReport() => new()
    {
        Format = (MeasurementFormat)_random.Next(5), NetworkId = Word(), Objects = _random.Next(), Metrics = _random.Next(), Samples = Whole(), FromNs = Coin() ? null : Whole(), ToNs = Coin() ? null : Whole(),
        Skipped = Coin() ? [] : [new SkippedMeasurements { What = Word(), Why = Word(), Count = Whole() }], GranularityNs = Coin() ? [] : [Whole(), Whole()], Ignored = Ignored(), ExecutionTime = Whole(),
    };
}
