using System.Globalization;
using System.Text;

namespace RanCognition.Memory.Storage;

/// <summary>Turns what a user typed into a question of FTS5 that has no syntax of the user's: any of its words.</summary>
internal static class TextWords
{
    /// <summary>Different words of one question; more are left out.</summary>
    public const int WordsMax = 64;

    /// <summary>Characters of a word; longer ones are left out.</summary>
    public const int WordLengthMax = 256;

    /// <summary>Characters that are looked at.</summary>
    public const int LengthMax = 1 << 16;

    /// <summary>Null when there is no word.</summary>
    public static string? Question(string text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var word = new StringBuilder();
        foreach (Rune rune in text.AsSpan(0, Math.Min(text.Length, LengthMax)).EnumerateRunes())
        {
            if (IsOfWord(rune))
            {
                word.Append(rune.ToString());
                continue;
            }
            Take(word, words);
        }
        Take(word, words);
        return words.Count == 0 ? null : string.Join(" OR ", words.Select(w => $"\"{w}\""));
    }

    private static void Take(StringBuilder word, HashSet<string> words)
    {
        if (word.Length is > 0 and <= WordLengthMax && words.Count < WordsMax)
        {
            words.Add(word.ToString());
        }
        word.Clear();
    }

    /// <summary>As the tokenizer unicode61 has it: letters, numbers, characters for private use, and the marks that belong to a letter.</summary>
    private static bool IsOfWord(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => true,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => true,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark or UnicodeCategory.PrivateUse => true,
        _ => false,
    };
}
