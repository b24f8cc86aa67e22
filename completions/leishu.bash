# SPDX-License-Identifier: ISC
# bash completion: commands, options and their values are asked of the program.
_leishu()
{
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
	local leishu=${COMP_WORDS[0]} cmd=${COMP_WORDS[1]} words

	COMPREPLY=()
	if [ "$COMP_CWORD" -eq 1 ]; then
		words=$("$leishu" --help 2>/dev/null |
		    sed -n 's/^  \([a-z]\{1,\}\)  *.*/\1/p')
		mapfile -t COMPREPLY < <(compgen -W "$words --help --version" -- "$cur")
		return
	fi
	case $prev in
	--as|--format|--level|-[afl])
		# "-f, --format FORMAT  text (default), json or sarif"
		words=$("$leishu" "$cmd" --help 2>/dev/null |
		    sed -n -e "/^ .*$prev[ ,]/!d" \
		    -e 's/.*--as jsonl .*/jsonl/p;t' \
		    -e 's/:.*//;s/ (default)//;s/, / /g;s/ or / /' \
		    -e 's/.*--[a-z]* [A-Z]\{2,\}  *//p')
		mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
		return ;;
	esac
	if [[ $cur == -* ]]; then
		words=$("$leishu" "$cmd" --help 2>/dev/null |
		    sed -n 's/^ .*\(--[a-z-]*\).*/\1/p')
		mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
	else
		mapfile -t COMPREPLY < <(compgen -f -- "$cur")
		compopt -o filenames 2>/dev/null
	fi
}
complete -F _leishu leishu
