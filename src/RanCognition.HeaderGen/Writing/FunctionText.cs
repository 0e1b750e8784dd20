using System.Text.RegularExpressions;
using RanCognition.HeaderGen.Model;

namespace RanCognition.HeaderGen.Writing;

/// <summary>The parts of a function's comment that follow from its signature, so that no export can leave them out.</summary>
internal static partial class FunctionText
{
    /// <summary>A parameter's text, completed by whether it may be NULL and how long what it points to must live.</summary>
    public static string Parameter(ApiParameter parameter)
    {
        string text = Prose.Sentence(parameter.Summary);
        bool pointer = parameter.Type.Pointers > 0 || parameter.Type.Kind == ApiTypeKind.Callback;
        if (pointer && !text.Contains("NULL", StringComparison.Ordinal))
        {
            text += " Not NULL.";
        }
        if (parameter.Use == ApiUse.Reads && parameter.Type.Name != "void" && !SaysLifetime().IsMatch(text))
        {
            text += " Read during the call only.";
        }
        return text;
    }

    /// <summary>The errors that the texts name, and those that every call with a handle can give.</summary>
    public static IReadOnlyList<string> Errors(ApiFunction function)
    {
        List<string> errors = [.. ErrorName().Matches(function.Returns + " " + function.Remarks).Select(match => match.Value).Distinct()];
        if (function.HasHandle && !IsRelease(function))
        {
            errors.Add("RANCOG_E_INVALID_HANDLE");
            if (function.Threads is null)
            {
                errors.Add("RANCOG_E_BUSY");   // by the rule; a function with a rule of its own names it where it can be
            }
        }
        else if (function.HasHandle)
        {
            errors.Add("RANCOG_E_INVALID_HANDLE (by rancog_last_status)");
        }
        return [.. errors.Distinct()];
    }

    /// <summary>Who may call it when.</summary>
    public static string Threads(ApiFunction function)
    {
        if (function.Threads is not null)
        {
            return function.Threads;
        }
        if (IsRelease(function))
        {
            return "any thread, also while others use the handle.";
        }
        return function.HasHandle ? "any thread; calls on one handle queue on its lock." : "any thread.";
    }

    private static bool IsRelease(ApiFunction function) => function.Name.EndsWith("_destroy", StringComparison.Ordinal);

    [GeneratedRegex("RANCOG_E_[A-Z_]+")]
    private static partial Regex ErrorName();

    [GeneratedRegex("[Cc]opied|freed after|[Bb]orrowed|must stay valid|during the call")]
    private static partial Regex SaysLifetime();
}
