using RanCognition.Contracts;

namespace RanCognition.StrangeLoop.SelfModel;

/// <summary>Changes a metric's setting when another is shown to be better on outcomes that had no part in choosing it, and takes the change back when it stops paying.</summary>
/// <remarks>
/// A round: settings that differ in one parameter run beside it for half of the patience; the best of them runs on for the whole patience, a fresh stretch; it is adopted when it wins there by 2 % at
/// p &lt; 0.01. The setting before runs on for <see cref="WatchedStretches"/> stretches; when it wins one by 2 % at p &lt; 0.05 the change is rolled back and rests. With level 3 the patience
/// doubles after a rollback and halves when a change was watched to the end.
/// </remarks>
internal sealed class Tuner
{
    /// <summary>Stretches of the patience's length for which a change is watched.</summary>
    public const int WatchedStretches = 8;

    /// <summary>Rounds for which a change that was rolled back rests: three of each parameter.</summary>
    public const int RestRounds = 9;

    private const double Margin = .02;
    private const double AdoptLevel = .01;
    private const double RollBackLevel = .05;

    private readonly bool _tunesPatience;
    private readonly List<Shadow> _challengers = new(6);
    private readonly List<LoopChange> _changes = [];
    private bool _isTesting;
    private ulong _rounds;
    private Shadow? _previous;
    private int _stretchesToWatch;
    private LoopSetting? _resting;
    private int _roundsToRest;
    private ulong _adopted;
    private ulong _rolledBack;

    public Tuner(int levels) => _tunesPatience = levels >= 3;

    public Tuner(TuningState state, int levels)
        : this(levels)
    {
        Patience = state.Patience;
        _isTesting = state.IsTesting;
        _rounds = state.Rounds;
        foreach (ShadowState challenger in state.Challengers)
        {
            _challengers.Add(new Shadow(challenger));
        }
        _previous = state.Previous is null ? null : new Shadow(state.Previous);
        _stretchesToWatch = state.StretchesToWatch;
        _resting = state.Resting;
        _roundsToRest = state.RoundsToRest;
        _adopted = state.Adopted;
        _rolledBack = state.RolledBack;
        _changes.AddRange(state.Changes);
    }

    /// <summary>Steps of a test.</summary>
    public int Patience { get; private set; } = SettingLadder.PatienceAtFirst;

    /// <summary>Before the outcome is learned: what each setting made of the prediction is compared.</summary>
    public void Compare(MetricModel model, double observed)
    {
        if (_challengers.Count == 0)
        {
            BeginRound(model.Setting, model.Scores);   // before the scores learn this outcome
        }
        double usedLoss = model.LossOf(model.Setting, model.Scores, observed);
        foreach (Shadow challenger in _challengers)
        {
            challenger.Compare(usedLoss, model.LossOf(challenger.Setting, challenger.Scores, observed));
        }
        _previous?.Compare(usedLoss, model.LossOf(_previous.Setting, _previous.Scores, observed));
    }

    /// <summary>After the outcome is learned: a stretch may be over.</summary>
    /// <returns>The setting and the scores that are in use from now on, when they change.</returns>
    public Shadow? Decide(MetricModel model, ulong timeNs)
    {
        if (_previous is not null && _previous.Steps >= Patience && EndWatch(model.Setting, timeNs) is { } back)
        {
            return back;
        }
        if (_challengers.Count == 0 || _challengers[0].Steps < (_isTesting ? Patience : Patience / 2))
        {
            return null;
        }
        return _isTesting ? EndTest(model, timeNs) : EndSelection();
    }

    public TuningState State()
    {
        ShadowState[] challengers = new ShadowState[_challengers.Count];
        for (int i = 0; i < challengers.Length; i++)
        {
            challengers[i] = _challengers[i].State();
        }
        return new TuningState
        {
            Patience = Patience,
            IsTesting = _isTesting,
            Rounds = _rounds,
            Challengers = challengers,
            Previous = _previous?.State(),
            StretchesToWatch = _stretchesToWatch,
            Resting = _resting,
            RoundsToRest = _roundsToRest,
            Adopted = _adopted,
            RolledBack = _rolledBack,
            Changes = _changes.ToArray(),
        };
    }

    private void BeginRound(LoopSetting setting, ScoreWindow scores)
    {
        List<LoopSetting> others = new(6);
        SettingLadder.Others(setting, _rounds, others);
        double[] oldestFirst = scores.OldestFirst();
        foreach (LoopSetting other in others)
        {
            if (other != _resting)
            {
                _challengers.Add(new Shadow(other, new ScoreWindow(other.ScoreWindow, oldestFirst)));
            }
        }
    }

    private void EndRound()
    {
        _challengers.Clear();
        _isTesting = false;
        _rounds++;
        if (_roundsToRest > 0 && --_roundsToRest == 0)
        {
            _resting = null;
        }
    }

    private Shadow? EndSelection()
    {
        Shadow best = _challengers[0];
        foreach (Shadow challenger in _challengers)
        {
            best = challenger.Loss < best.Loss ? challenger : best;
        }
        if (best.Loss <= (1 - Margin) * best.UsedLoss && best.Loss < best.UsedLoss)
        {
            best.Restart();
            _challengers.Clear();
            _challengers.Add(best);
            _isTesting = true;
        }
        else
        {
            EndRound();
        }
        return null;
    }

    private Shadow? EndTest(MetricModel model, ulong timeNs)
    {
        Shadow challenger = _challengers[0];
        if (!challenger.Wins(Margin, AdoptLevel, out double pValue))
        {
            EndRound();
            return null;
        }
        Record(Change(challenger, model.Setting, false, pValue, timeNs));
        _adopted++;
        _previous = new Shadow(model.Setting, model.Scores);
        _stretchesToWatch = WatchedStretches;
        _challengers.Clear();   // they ran against the setting before; the same parameter's turn again
        _isTesting = false;
        return challenger;
    }

    private Shadow? EndWatch(LoopSetting setting, ulong timeNs)
    {
        Shadow previous = _previous!;
        if (previous.Wins(Margin, RollBackLevel, out double pValue))
        {
            Record(Change(previous, setting, true, pValue, timeNs));
            _rolledBack++;
            _resting = setting;
            _previous = null;
            EndRound();
            _roundsToRest = RestRounds;
            SetPatience(2 * Patience);
            return previous;
        }
        previous.Restart();
        if (--_stretchesToWatch == 0)
        {
            _previous = null;
            SetPatience(Patience / 2);
        }
        return null;
    }

    private void SetPatience(int steps)
    {
        if (_tunesPatience)
        {
            Patience = Math.Clamp(steps, SettingLadder.PatienceMin, SettingLadder.PatienceMax);
        }
    }

    private static LoopChange Change(Shadow winner, LoopSetting before, bool isRollback, double pValue, ulong timeNs) => new()
    {
        TimeNs = timeNs,
        IsRollback = isRollback,
        Before = before,
        After = winner.Setting,
        LossBefore = winner.UsedLoss / winner.Steps,
        LossAfter = winner.Loss / winner.Steps,
        PValue = pValue,
        Steps = winner.Steps,
    };

    private void Record(LoopChange change)
    {
        if (_changes.Count == StrangeLoopLimits.ChangesKeptMax)
        {
            _changes.RemoveAt(0);
        }
        _changes.Add(change);
    }
}
